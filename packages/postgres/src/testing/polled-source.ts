import { randomBytes } from 'node:crypto';
import { SourceSettings } from '@halyard/contracts/outreach/source';
import { automation } from '@halyard/core/actor';
import { ManualClock } from '@halyard/core/clock';
import { aadOf, SecretBox } from '@halyard/core/connections/secret-box';
import type { OrgId, OutreachSourceId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { Outreach } from '@halyard/core/outreach/outreach';
import { PollSource } from '@halyard/core/outreach-sources/poll-source';
import { SourceOpener } from '@halyard/core/outreach-sources/source-opener';
import { PgOutreachStore } from '../outreach.js';
import { PgOtherTable } from '../outreach-sources/other-database.js';
import { PgSourceStore } from '../outreach-sources/source-store.js';
import { PgTakenRows } from '../outreach-sources/taken-rows.js';
import { PgQuarantine } from '../review/quarantine.js';
import type { TestDatabase } from './test-database.js';

const settings = SourceSettings.parse({
  tls: 'disable',
  schema: 'public',
  table: 'their_outreach',
  columns: { id: 'id', body: 'body', email: 'email' },
  write_back: { status: 'status', error: 'error' },
  pending: 'pending',
  defaults: { channel: 'email', user_id: crypto.randomUUID() },
  poll_seconds: 5,
});

/** A source whose table is in the same database; `around` may stand between the poll and what it calls. */
export async function polledSource(db: TestDatabase, orgId: OrgId) {
  const box = new SecretBox(`k:${randomBytes(32).toString('base64')}`);
  const id = randomIds<OutreachSourceId>();
  const store = new PgSourceStore(db.app);
  const source = { id, name: `Source ${id}`, settings, server: 'here', active: true };
  const sealed = box.seal(db.url, aadOf(orgId, id));
  const audit = {
    actor: automation('test'),
    action: 'outreach_source.created',
    target: { type: 'outreach_source', id },
  };
  await store.insert(orgId, { ...source, sealed }, audit);
  const clock = new ManualClock(new Date());
  const wakeups = { poke: () => {}, listen: () => () => {} };
  const quarantine = new PgQuarantine(db.app);
  const outreach = new Outreach(new PgOutreachStore(db.app, randomIds), clock, wakeups, quarantine);
  const opener = new SourceOpener(box, async () => []);
  const table = new PgOtherTable({ addressOf: async (host) => host, now: () => clock.now() });
  const poll = (around = <T extends object>(target: T): T => target) => {
    const parts = {
      table: around(table),
      taken: around(new PgTakenRows(db.app)),
      outreach: around(outreach),
      quarantine,
      opener,
      clock,
    };
    return new PollSource(around(store), parts).poll(orgId, id);
  };
  return { poll, clock, error: async () => (await store.find(orgId, id))?.error ?? null };
}
