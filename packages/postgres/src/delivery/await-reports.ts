import type { RecordedOutcome } from '@halyard/core/delivery/delivery-store';
import { sql } from 'kysely';
import type { Tx } from '../database.js';

/**
 * Messages that somebody else has taken on stay `sending` until that is reported, at the latest until `reportBy`. No
 * worker holds them any more: without an owner the end of one says nothing about them. What was reported already stays.
 */
export async function awaitReports(tx: Tx, outcomes: readonly RecordedOutcome[]): Promise<void> {
  const rows = outcomes.flatMap(({ sending, transition: { to } }) =>
    to.status === 'sending'
      ? [
          {
            org_id: sending.orgId,
            id: sending.messageId,
            attempt_id: sending.attemptId,
            report_by: to.reportBy,
          },
        ]
      : [],
  );
  if (rows.length === 0) return;
  await sql`
    update messages m set lease_until = given.report_by, lease_owner = null, updated_at = now()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given (org_id uuid, id uuid, attempt_id uuid, report_by timestamptz)
      join attempts a on a.org_id = given.org_id and a.id = given.attempt_id and a.outcome is null
    where m.org_id = given.org_id and m.id = given.id and m.status = 'sending'`.execute(tx);
}
