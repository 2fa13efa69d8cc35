import { JobFailures } from '@halyard/core/alerts/job-failures';
import type { CampaignJob } from '@halyard/core/campaigns/campaign-job';
import { systemClock } from '@halyard/core/clock';
import type { CampaignId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { noLog } from '@halyard/core/log';
import { noMetrics } from '@halyard/core/metrics';
import { PgFailureStore } from '@halyard/postgres/alerts/failures';
import { PgJobFailureStore } from '@halyard/postgres/alerts/job-failures';
import { PgCampaignRunStore } from '@halyard/postgres/campaigns/campaign-runs';
import { inventRow } from '@halyard/postgres/testing/invented-row';
import type { TestDatabase } from '@halyard/postgres/testing/test-database';
import { openTestDatabase } from '@halyard/postgres/testing/test-database';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { silent } from '../testing/test-settings.js';
import { CampaignWorker } from './campaign-jobs.js';
import { Jobs } from './job-queue.js';

let db: TestDatabase;
let org: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  org = await db.organization();
});
afterAll(() => db.drop());

const wakeups = { poke: () => {}, listen: () => () => {} };

test('a job that is given up is in the failure log once, and endpoints hear job.failed', async () => {
  await inventRow(db.owner, org, 'endpoints', { event_types: ['job.failed'] });
  const jobs = new Jobs({ databaseUrl: db.url });
  const worker = new CampaignWorker({
    jobs,
    queue: { add: async () => {} },
    store: new PgCampaignRunStore(db.worker),
    run: {
      run: async () => {
        throw new Error('out of paper');
      },
    },
    failures: new JobFailures(new PgJobFailureStore(db.worker), systemClock, wakeups, noLog),
    clock: systemClock,
    log: silent,
    metrics: noMetrics,
  });
  await worker.start();
  const queue = await jobs.queue<CampaignJob>('campaign-jobs');
  try {
    const campaignId = randomIds<CampaignId>();
    const job: CampaignJob = { kind: 'release', orgId: org, campaignId };
    await queue.add('campaign-jobs' as never, job as never, { attempts: 5 });
    const failures = () => new PgFailureStore(db.app).list(org, { limit: 10 });
    await vi.waitFor(async () => expect((await failures()).items).toHaveLength(1), { timeout: 20_000 });
    expect((await failures()).items).toMatchObject([
      {
        kind: 'job',
        service: 'halyard',
        message: 'campaign-jobs release: out of paper',
        count: 1,
        details: { queue: 'campaign-jobs', job: 'release', tries: 5, campaign_id: campaignId },
      },
    ]);
    const { rows } = await db.owner.query('select type, payload from outbox where org_id = $1', [org]);
    expect(rows).toMatchObject([
      { type: 'job.failed', payload: { job: 'release', error: 'out of paper', campaign_id: campaignId } },
    ]);
  } finally {
    await queue.close();
    await worker.stop();
  }
}, 40_000);
