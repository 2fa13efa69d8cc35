import type { JobFailures } from '@halyard/core/alerts/job-failures';
import type { Clock } from '@halyard/core/clock';
import type { ImportId, OrgId } from '@halyard/core/ids';
import type { ImportQueue } from '@halyard/core/imports/imports';
import type { RunImport } from '@halyard/core/imports/run-import';
import type { Metrics } from '@halyard/core/metrics';
import { StoreUnavailable } from '@halyard/core/store-unavailable';
import type { PgImportRunStore } from '@halyard/postgres/import-runs';
import type { Worker } from 'bullmq';
import type { Logger } from 'pino';
import type { Jobs } from './job-queue.js';
import { jobTries, LastingQueue } from './lasting-queue.js';

interface ImportData {
  orgId: OrgId;
  id: ImportId;
}

const queueName = 'imports';

/** Puts imports into their queue. */
export class BullImportQueue implements ImportQueue {
  readonly #queue: LastingQueue<ImportData>;

  constructor(jobs: Jobs, log: Logger) {
    this.#queue = new LastingQueue(queueName, jobs, log);
  }

  add(orgId: OrgId, id: ImportId): Promise<void> {
    return this.#queue.add([{ id, data: { orgId, id } }]);
  }

  close(): Promise<void> {
    return this.#queue.close();
  }
}

export interface ImportWorkerOptions {
  jobs: Jobs;
  queue: BullImportQueue;
  store: PgImportRunStore;
  run: RunImport;
  failures: JobFailures;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  sweepMs?: number;
}

/**
 * Runs imports. The table of imports is the truth and the queue only says when: a sweep at the start and every minute
 * brings in what waits or was broken off, so a job that is lost loses nothing.
 */
export class ImportWorker {
  #worker: Worker<ImportData> | undefined;
  #sweep: NodeJS.Timeout | undefined;
  readonly #ending = new AbortController();

  constructor(private readonly options: ImportWorkerOptions) {}

  async start(): Promise<void> {
    const { jobs, run, log, metrics } = this.options;
    this.#worker = await jobs.worker<ImportData>(
      queueName,
      ({ data }) => run.run(data.orgId, data.id, this.#ending.signal),
      2,
    );
    this.#worker.on('error', (error) => log.warn({ err: error }, 'the import worker has trouble'));
    this.#worker.on('completed', ({ data, id }) => {
      metrics.count('jobs_total', { queue: queueName, outcome: 'completed' });
      log.info({ org_id: data.orgId, import_id: data.id, job_id: id }, 'an import ended');
    });
    this.#worker.on('failed', (job, error) => {
      if (!job) return;
      const { orgId, id } = job.data;
      const ids = { org_id: orgId, import_id: id, job_id: job.id };
      metrics.count('jobs_total', { queue: queueName, outcome: 'failed' });
      log.error({ ...ids, err: error, tries: job.attemptsMade }, 'an import failed');
      // What the database cannot take now, the sweep brings in again.
      if (job.attemptsMade >= jobTries && !(error instanceof StoreUnavailable))
        this.#giveUp(orgId, id, job.attemptsMade, error);
    });
    await this.#bringIn();
    this.#sweep = setInterval(() => void this.#bringIn(), this.options.sweepMs ?? 60_000);
  }

  /** Lets the batch that is being written end; the rest goes on at the next start. */
  async stop(): Promise<void> {
    clearInterval(this.#sweep);
    this.#ending.abort();
    await this.#worker?.close();
  }

  #giveUp(orgId: OrgId, id: ImportId, tries: number, error: Error): void {
    const { store, failures, clock } = this.options;
    void failures.record(orgId, { queue: queueName, job: 'import', error, tries, about: { import_id: id } });
    void store
      .finish(orgId, id, 'It failed repeatedly on our side; see the log.', clock.now())
      .catch(() => {});
  }

  async #bringIn(): Promise<void> {
    try {
      for (const { orgId, id } of await this.options.store.unfinished())
        await this.options.queue.add(orgId, id);
    } catch (error) {
      this.options.log.warn({ err: error }, 'the sweep for imports failed; it is repeated');
    }
  }
}
