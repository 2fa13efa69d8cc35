import type { FailureReport } from '@halyard/core/alerts/failures';
import type { FailedJob, JobFailureStore } from '@halyard/core/alerts/job-failures';
import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { OutboxId } from '@halyard/core/outbox/outbox-event';
import type { Database } from '../database.js';
import { tellOutside } from '../outbox-writer.js';
import { recordFailure } from './failures.js';

/** Jobs that were given up, for the worker that gave them up. */
export class PgJobFailureStore implements JobFailureStore {
  constructor(private readonly database: Database) {}

  record(orgId: OrgId, report: FailureReport, { queue, job, error, tries, about }: FailedJob): Promise<void> {
    return this.database.across(async (tx) => {
      const { id } = await recordFailure(tx, orgId, report);
      const payload = { failure_id: id, queue, job, error: error.message, tries, ...about };
      await tellOutside(tx, [
        { orgId, id: randomIds<OutboxId>(), type: 'job.failed', payload, occurredAt: report.at },
      ]);
    });
  }
}
