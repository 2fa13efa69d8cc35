import { JobFailures } from '@halyard/core/alerts/job-failures';
import { CampaignLoop } from '@halyard/core/campaigns/campaign-loop';
import { Campaigns } from '@halyard/core/campaigns/campaigns';
import { RunCampaign } from '@halyard/core/campaigns/run-campaign';
import { ClaimLoop } from '@halyard/core/claim-loop';
import { randomIds } from '@halyard/core/ids';
import { PgJobFailureStore } from '@halyard/postgres/alerts/job-failures';
import { PgCampaignLoopStore } from '@halyard/postgres/campaigns/campaign-loop';
import { PgCampaignRunStore } from '@halyard/postgres/campaigns/campaign-runs';
import { PgCampaignStore } from '@halyard/postgres/campaigns/campaigns';
import type { Database } from '@halyard/postgres/database';
import { bind } from '../bind.js';
import { BullCampaignQueue, CampaignWorker } from '../jobs/campaign-jobs.js';
import { Jobs } from '../jobs/job-queue.js';
import type { Platform } from '../platform.js';
import type { Service } from '../service.js';
import { CampaignsController } from './campaigns.controller.js';

/** Campaigns, the jobs that go through their audiences, and the loop that starts and completes them. */
export function wireCampaigns(platform: Platform) {
  const { settings, app, worker, wakeups, clock, log, tracing } = platform;
  const jobs = new Jobs({ databaseUrl: settings.DATABASE_URL, redisUrl: settings.REDIS_URL }, tracing);
  const queue = new BullCampaignQueue(jobs, log);
  const campaigns = new Campaigns(new PgCampaignStore(app), queue, randomIds, clock, wakeups);
  const works = worker ? worksOf(platform, worker, jobs, queue) : { loops: [], services: [] };
  // After the worker, which puts into it until its end.
  const queueEnds: Service = { start: async () => {}, stop: () => queue.close() };
  return {
    controllers: [CampaignsController],
    providers: [bind(campaigns)],
    loops: works.loops,
    services: [...works.services, queueEnds],
  };
}

function worksOf(platform: Platform, worker: Database, jobs: Jobs, queue: BullCampaignQueue) {
  const { wakeups, clock, log, metrics, report } = platform;
  const store = new PgCampaignRunStore(worker);
  const run = new RunCampaign(store, queue, randomIds, clock, wakeups);
  const failures = new JobFailures(new PgJobFailureStore(worker), clock, wakeups, log);
  const loop = new CampaignLoop(new PgCampaignLoopStore(worker, store), queue, clock, wakeups);
  return {
    loops: [
      new ClaimLoop({
        name: 'campaigns',
        kind: 'campaigns',
        work: (limit) => loop.round(limit),
        wakeups,
        clock,
        report,
      }),
    ],
    services: [new CampaignWorker({ jobs, queue, store, run, failures, clock, log, metrics })],
  };
}
