import { checkedAddress } from '@halyard/channels/http/checked-address';
import { SecretBox } from '@halyard/core/connections/secret-box';
import { randomIds } from '@halyard/core/ids';
import type { Outreach } from '@halyard/core/outreach/outreach';
import { OutreachSources } from '@halyard/core/outreach-sources/outreach-sources';
import { PollSource } from '@halyard/core/outreach-sources/poll-source';
import { SourceOpener } from '@halyard/core/outreach-sources/source-opener';
import { SourceTrial } from '@halyard/core/outreach-sources/source-trial';
import { PgDueSources } from '@halyard/postgres/outreach-sources/due-sources';
import { PgOtherTable } from '@halyard/postgres/outreach-sources/other-database';
import { PgSourceStore } from '@halyard/postgres/outreach-sources/source-store';
import { PgTakenRows } from '@halyard/postgres/outreach-sources/taken-rows';
import { PgTenantStore } from '@halyard/postgres/outreach-tenants';
import { PgQuarantine } from '@halyard/postgres/review/quarantine';
import { bind } from '../bind.js';
import { Jobs } from '../jobs/job-queue.js';
import { BullPollQueue, SourceWorker } from '../jobs/source-jobs.js';
import type { Platform } from '../platform.js';
import type { Service } from '../service.js';
import { OutreachSourcesController } from './outreach-sources.controller.js';

/** Tables of other services as queues of outreach items, and the job that polls them. */
export function wireOutreachSources(
  { settings, app, worker, clock, log, metrics, tracing }: Platform,
  outreach: Outreach,
) {
  const box = new SecretBox(settings.HALYARD_ENCRYPTION_KEYS);
  const store = new PgSourceStore(app);
  const tenants = new PgTenantStore(app);
  const opener = new SourceOpener(box, async (orgId) =>
    (await tenants.list(orgId)).map(({ tenant_id }) => tenant_id),
  );
  const table = new PgOtherTable({
    addressOf: (host) => checkedAddress(host, settings.HALYARD_ALLOW_PRIVATE_ADDRESSES),
    now: () => clock.now(),
  });
  const jobs = new Jobs({ databaseUrl: settings.DATABASE_URL, redisUrl: settings.REDIS_URL }, tracing);
  const queue = new BullPollQueue(jobs, log);
  const services: Service[] = [];
  if (worker) {
    const [taken, quarantine] = [new PgTakenRows(app), new PgQuarantine(app)];
    const poll = new PollSource(store, { table, taken, outreach, quarantine, opener, clock });
    const sources = new PgDueSources(worker);
    services.push(new SourceWorker({ jobs, queue, sources, poll, clock, log, metrics }));
  }
  // After the worker, whose sweep puts into it until its end.
  services.push({ start: async () => {}, stop: () => queue.close() });
  return {
    controllers: [OutreachSourcesController],
    providers: [
      bind(new OutreachSources(store, { table, queue, box, opener, newId: randomIds })),
      bind(new SourceTrial(store, { table, opener, newId: randomIds })),
    ],
    services,
  };
}
