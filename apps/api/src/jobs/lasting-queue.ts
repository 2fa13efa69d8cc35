import { afterCommit } from '@halyard/postgres/database';
import type { JobsOptions, Queue } from 'bullmq';
import type { Logger } from 'pino';
import type { Jobs } from './job-queue.js';

/** How often a job that fails is tried. */
export const jobTries = 5;

/** A job and its id: while one of this id waits or runs, it is not added again. */
export interface NamedJob<Data> {
  id: string;
  data: Data;
  /** Those with smaller numbers go first. */
  priority?: number;
}

/**
 * A queue that is opened when it is first needed, and again when that failed. What does not get into it, as when Redis is
 * away, is only told of in the log: tables say what there is to do, and a sweep brings it in later.
 */
export class LastingQueue<Data> {
  #queue: Promise<Queue<Data>> | undefined;

  constructor(
    private readonly name: string,
    private readonly jobs: Jobs,
    private readonly log: Logger,
  ) {}

  /** Adds jobs once what they are about is committed; within a request that is one transaction, that is later. */
  async add(jobs: readonly NamedJob<Data>[]): Promise<void> {
    let added = Promise.resolve();
    afterCommit(() => {
      added = this.#addAll(jobs);
    });
    await added;
  }

  async close(): Promise<void> {
    const queue = await this.#queue?.catch(() => undefined);
    await queue?.close();
  }

  async #addAll(jobs: readonly NamedJob<Data>[]): Promise<void> {
    try {
      const queue = await this.#open();
      for (const { id, data, priority } of jobs)
        await queue.add(this.name as never, data as never, {
          ...how,
          jobId: id,
          ...(priority && { priority }),
        });
    } catch (error) {
      this.log.warn({ err: error, queue: this.name }, 'jobs could not be queued; the sweep will find them');
    }
  }

  #open(): Promise<Queue<Data>> {
    this.#queue ??= this.jobs.queue<Data>(this.name).then(
      (queue) => {
        queue.on('error', (error) => this.log.warn({ err: error, queue: this.name }, 'a queue has trouble'));
        return queue;
      },
      (error: unknown) => {
        this.#queue = undefined;
        throw error;
      },
    );
    return this.#queue;
  }
}

const how: JobsOptions = {
  attempts: jobTries,
  backoff: { type: 'exponential', delay: 2_000 },
  removeOnComplete: true,
  removeOnFail: true,
};
