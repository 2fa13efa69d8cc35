import type { JobFailures } from '@halyard/core/alerts/job-failures';
import type { CampaignJob, CampaignQueue } from '@halyard/core/campaigns/campaign-job';
import type { RunCampaign } from '@halyard/core/campaigns/run-campaign';
import type { Clock } from '@halyard/core/clock';
import type { Metrics } from '@halyard/core/metrics';
import type { PgCampaignRunStore } from '@halyard/postgres/campaigns/campaign-runs';
import type { Worker } from 'bullmq';
import type { Logger } from 'pino';
import type { Jobs } from './job-queue.js';
import type { NamedJob } from './lasting-queue.js';
import { jobTries, LastingQueue } from './lasting-queue.js';

const queueName = 'campaign-jobs';

/** Puts the jobs of campaigns into their queue. */
export class BullCampaignQueue implements CampaignQueue {
  readonly #queue: LastingQueue<CampaignJob>;

  constructor(jobs: Jobs, log: Logger) {
    this.#queue = new LastingQueue(queueName, jobs, log);
  }

  add(jobs: readonly CampaignJob[]): Promise<void> {
    return this.#queue.add(jobs.map(named));
  }

  close(): Promise<void> {
    return this.#queue.close();
  }
}

/** First chunks go before second ones, so that a large campaign does not keep the others of all organizations waiting. */
function named(job: CampaignJob): NamedJob<CampaignJob> {
  const of = `${job.kind}-${job.campaignId}`;
  switch (job.kind) {
    case 'walk':
      return { id: `${of}-${job.occurrence}`, data: job };
    case 'plan':
      return { id: `${of}-${job.occurrence}-${job.chunk}`, data: job, priority: job.chunk };
    case 'release':
    case 'call_off':
      return { id: of, data: job };
  }
}

export interface CampaignWorkerOptions {
  jobs: Jobs;
  queue: CampaignQueue;
  store: PgCampaignRunStore;
  run: Pick<RunCampaign, 'run'>;
  failures: JobFailures;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  sweepMs?: number;
}

/** Jobs at a time: a walk through a large audience must not keep the others waiting. */
const atATime = 4;

/**
 * Does the jobs of campaigns. As with imports the tables are the truth and the queue only says when: a sweep brings in what
 * waits or was broken off, so a job that is lost loses nothing.
 */
export class CampaignWorker {
  #worker: Worker<CampaignJob> | undefined;
  #sweep: NodeJS.Timeout | undefined;

  constructor(private readonly options: CampaignWorkerOptions) {}

  async start(): Promise<void> {
    const { jobs, run, log, metrics } = this.options;
    this.#worker = await jobs.worker<CampaignJob>(queueName, ({ data }) => run.run(data), atATime);
    this.#worker.on('error', (error) => log.warn({ err: error }, 'the campaign worker has trouble'));
    this.#worker.on('completed', () =>
      metrics.count('jobs_total', { queue: queueName, outcome: 'completed' }),
    );
    this.#worker.on('failed', (job, error) => {
      if (job) this.#failed(job.data, job.attemptsMade, error);
    });
    await this.#bringIn();
    this.#sweep = setInterval(() => void this.#bringIn(), this.options.sweepMs ?? 10_000);
  }

  /** Lets the part that is being written end; the rest goes on at the next start. */
  async stop(): Promise<void> {
    clearInterval(this.#sweep);
    await this.#worker?.close();
  }

  #failed({ orgId, campaignId, kind }: CampaignJob, tries: number, error: Error): void {
    const { store, failures, clock, log, metrics } = this.options;
    metrics.count('jobs_total', { queue: queueName, outcome: 'failed' });
    log.error(
      { org_id: orgId, campaign_id: campaignId, kind, tries, err: error },
      'a job of a campaign failed',
    );
    if (tries < jobTries) return;
    void failures.record(orgId, {
      queue: queueName,
      job: kind,
      error,
      tries,
      about: { campaign_id: campaignId },
    });
    store.giveUp(orgId, campaignId, repeatedly, clock.now()).catch((failure: unknown) => {
      log.warn({ org_id: orgId, campaign_id: campaignId, err: failure }, 'a campaign could not be paused');
    });
  }

  async #bringIn(): Promise<void> {
    try {
      await this.options.queue.add(await this.options.store.allUnfinished());
    } catch (error) {
      this.options.log.warn({ err: error }, 'the sweep for campaigns failed; it is repeated');
    }
  }
}

const repeatedly = 'It failed repeatedly on our side; see the log. Resume it to try again.';
