import type { EvaluateAlerts, EvaluationQueue } from '@halyard/core/alerts/evaluate-alerts';
import type { JobFailures } from '@halyard/core/alerts/job-failures';
import type { OrgId } from '@halyard/core/ids';
import type { Metrics } from '@halyard/core/metrics';
import { StoreUnavailable } from '@halyard/core/store-unavailable';
import type { Worker } from 'bullmq';
import type { Logger } from 'pino';
import type { Jobs } from './job-queue.js';
import { jobTries, LastingQueue } from './lasting-queue.js';

interface EvaluationData {
  orgId: OrgId;
}

const queueName = 'alerts';

/** Puts organizations whose alerts are to be evaluated into their queue, each once however many workers do. */
export class BullEvaluationQueue implements EvaluationQueue {
  readonly #queue: LastingQueue<EvaluationData>;

  constructor(jobs: Jobs, log: Logger) {
    this.#queue = new LastingQueue(queueName, jobs, log);
  }

  add(orgIds: readonly OrgId[]): Promise<void> {
    return this.#queue.add(orgIds.map((orgId) => ({ id: `evaluate-${orgId}`, data: { orgId } })));
  }

  close(): Promise<void> {
    return this.#queue.close();
  }
}

export interface AlertWorkerOptions {
  jobs: Jobs;
  queue: BullEvaluationQueue;
  evaluate: EvaluateAlerts;
  failures: JobFailures;
  log: Logger;
  metrics: Metrics;
  everyMs: number;
}

/** Organizations at a time: those whose n8n does not answer take a few seconds. */
const atATime = 2;

/**
 * Evaluates alerts. The clock of each organization in the database says when, and is what makes one evaluation of several
 * workers'; a job that is lost is brought in at the next interval.
 */
export class AlertWorker {
  #worker: Worker<EvaluationData> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: AlertWorkerOptions) {}

  async start(): Promise<void> {
    const { jobs, evaluate, log, metrics, everyMs } = this.options;
    this.#worker = await jobs.worker<EvaluationData>(
      queueName,
      ({ data }) => evaluate.run(data.orgId),
      atATime,
    );
    this.#worker.on('error', (error) => log.warn({ err: error }, 'the worker of alerts has trouble'));
    this.#worker.on('completed', () =>
      metrics.count('jobs_total', { queue: queueName, outcome: 'completed' }),
    );
    this.#worker.on('failed', (job, error) => {
      if (job) this.#failed(job.data.orgId, job.attemptsMade, error);
    });
    await this.#bringIn();
    this.#timer = setInterval(() => void this.#bringIn(), everyMs);
  }

  /** Lets evaluations that are under way end. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#worker?.close();
  }

  #failed(orgId: OrgId, tries: number, error: Error): void {
    const { log, metrics, failures } = this.options;
    metrics.count('jobs_total', { queue: queueName, outcome: 'failed' });
    log.error({ org_id: orgId, tries, err: error }, 'alerts could not be evaluated');
    // What the database cannot take now, nobody can write into it.
    if (tries >= jobTries && !(error instanceof StoreUnavailable))
      void failures.record(orgId, { queue: queueName, job: 'evaluate', error, tries, about: {} });
  }

  async #bringIn(): Promise<void> {
    const { queue, evaluate, log } = this.options;
    try {
      await queue.add(await evaluate.due());
    } catch (error) {
      log.error({ err: error }, 'nobody could say whose alerts are to be evaluated; it is repeated');
    }
  }
}
