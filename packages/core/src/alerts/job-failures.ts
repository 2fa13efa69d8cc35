import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import type { OrgId } from '../ids.js';
import type { Log } from '../log.js';
import type { FailureReport } from './failures.js';
import { fingerprintOf } from './failures.js';

/** A job of Halyard's own that was given up. */
export interface FailedJob {
  queue: string;
  /** What it was to do. */
  job: string;
  error: Error;
  tries: number;
  about: { campaign_id?: string; import_id?: string };
}

/** What the log of jobs needs of the database. */
export interface JobFailureStore {
  /** Counts it among the failures, and tells the outside `job.failed`, in one transaction. */
  record(orgId: OrgId, report: FailureReport, failed: FailedJob): Promise<void>;
}

/** Puts jobs that were given up into the failure log. It does not fail: what cannot be put there is in the process's log. */
export class JobFailures {
  constructor(
    private readonly store: JobFailureStore,
    private readonly clock: Clock,
    private readonly wakeups: Wakeups,
    private readonly log: Log,
  ) {}

  async record(orgId: OrgId, failed: FailedJob): Promise<void> {
    const { queue, job, error, tries, about } = failed;
    const message = `${queue} ${job}: ${error.message}`.slice(0, 5_000);
    try {
      await this.store.record(
        orgId,
        {
          kind: 'job',
          service: 'halyard',
          fingerprint: fingerprintOf(queue, message),
          message,
          severity: 'error',
          details: { queue, job, tries, ...about },
          at: this.clock.now(),
        },
        failed,
      );
      this.wakeups.poke('outbox');
    } catch (problem) {
      this.log.error(
        { org_id: orgId, queue, err: problem },
        'a job that failed could not be put into the failure log',
      );
    }
  }
}
