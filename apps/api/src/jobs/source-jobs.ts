import type { Clock } from '@halyard/core/clock';
import type { OrgId, OutreachSourceId } from '@halyard/core/ids';
import type { Metrics } from '@halyard/core/metrics';
import type { PollQueue } from '@halyard/core/outreach-sources/outreach-sources';
import type { PollSource } from '@halyard/core/outreach-sources/poll-source';
import type { PgDueSources } from '@halyard/postgres/outreach-sources/due-sources';
import type { Worker } from 'bullmq';
import type { Logger } from 'pino';
import type { Jobs } from './job-queue.js';
import { LastingQueue } from './lasting-queue.js';

interface PollData {
  orgId: OrgId;
  id: OutreachSourceId;
}

const queueName = 'outreach-sources';

/** Puts polls into their queue: one of a source at a time. */
export class BullPollQueue implements PollQueue {
  readonly #queue: LastingQueue<PollData>;

  constructor(jobs: Jobs, log: Logger) {
    this.#queue = new LastingQueue(queueName, jobs, log);
  }

  add(orgId: OrgId, id: OutreachSourceId): Promise<void> {
    return this.#queue.add([{ id, data: { orgId, id } }]);
  }

  close(): Promise<void> {
    return this.#queue.close();
  }
}

export interface SourceWorkerOptions {
  jobs: Jobs;
  queue: BullPollQueue;
  sources: PgDueSources;
  poll: PollSource;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  sweepMs?: number;
}

/** A slow database of one organization must not keep the others waiting. */
const atATime = 4;

/** Polls sources when they are due. The table of sources is the truth: a sweep brings in what is due, whatever became of its job. */
export class SourceWorker {
  #worker: Worker<PollData> | undefined;
  #sweep: NodeJS.Timeout | undefined;

  constructor(private readonly options: SourceWorkerOptions) {}

  async start(): Promise<void> {
    const { jobs, poll, log, metrics } = this.options;
    this.#worker = await jobs.worker<PollData>(
      queueName,
      ({ data }) => poll.poll(data.orgId, data.id),
      atATime,
    );
    this.#worker.on('error', (error) => log.warn({ err: error }, 'the worker for sources has trouble'));
    this.#worker.on('completed', () =>
      metrics.count('jobs_total', { queue: queueName, outcome: 'completed' }),
    );
    this.#worker.on('failed', (job, error) => {
      metrics.count('jobs_total', { queue: queueName, outcome: 'failed' });
      log.error(
        { org_id: job?.data.orgId, source_id: job?.data.id, err: error },
        'a poll of a source failed',
      );
    });
    await this.#bringIn();
    this.#sweep = setInterval(() => void this.#bringIn(), this.options.sweepMs ?? 2_000);
  }

  /** Lets the poll under way end. */
  async stop(): Promise<void> {
    clearInterval(this.#sweep);
    await this.#worker?.close();
  }

  async #bringIn(): Promise<void> {
    const { sources, queue, clock, log } = this.options;
    try {
      for (const { orgId, id } of await sources.due(clock.now())) await queue.add(orgId, id);
    } catch (error) {
      log.warn({ err: error }, 'the sweep for sources failed; it is repeated');
    }
  }
}
