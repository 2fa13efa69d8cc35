import { JobFailures } from '@halyard/core/alerts/job-failures';
import { Backlog } from '@halyard/core/events/backlog';
import { Imports } from '@halyard/core/imports/imports';
import { RunImport } from '@halyard/core/imports/run-import';
import { PgJobFailureStore } from '@halyard/postgres/alerts/job-failures';
import { PgBacklogStore } from '@halyard/postgres/backlog';
import { PgImportRunStore } from '@halyard/postgres/import-runs';
import { PgImportStore } from '@halyard/postgres/imports';
import { bind } from '../bind.js';
import { BullImportQueue, ImportWorker } from '../jobs/import-jobs.js';
import { Jobs } from '../jobs/job-queue.js';
import type { Platform } from '../platform.js';
import type { Service } from '../service.js';
import { ImportsController } from './imports.controller.js';

/** Files of contacts, and the job that reads them. */
export function wireImports({ settings, app, worker, wakeups, clock, log, metrics, tracing }: Platform) {
  const jobs = new Jobs({ databaseUrl: settings.DATABASE_URL, redisUrl: settings.REDIS_URL }, tracing);
  const queue = new BullImportQueue(jobs, log);
  const services: Service[] = [];
  if (worker) {
    const store = new PgImportRunStore(worker);
    const backlog = new Backlog(new PgBacklogStore(worker), settings.HALYARD_UNDECIDED_EVENTS);
    const run = new RunImport(store, wakeups, clock, backlog);
    const failures = new JobFailures(new PgJobFailureStore(worker), clock, wakeups, log);
    services.push(new ImportWorker({ jobs, queue, store, run, failures, clock, log, metrics }));
  }
  // After the worker, which puts into it until its end.
  services.push({ start: async () => {}, stop: () => queue.close() });
  return {
    controllers: [ImportsController],
    providers: [bind(new Imports(new PgImportStore(app), queue))],
    services,
  };
}
