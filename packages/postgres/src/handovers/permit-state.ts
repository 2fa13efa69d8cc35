import { notFound } from '@halyard/core/domain-error';
import type { PermitState } from '@halyard/core/handovers/handover-store';
import type { MessageId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';

interface Row {
  contact_id: PermitState['contactId'];
  status: PermitState['status'];
  reason: string | null;
  needs: string | null;
  address: string | null;
  due_at: Date;
  lease_until: Date | null;
  attempt_id: PermitState['attemptId'];
}

/** Where the message of a permit stands, with its last attempt and what the last decision against it asks for. */
export async function readPermit(
  tx: Tx,
  orgId: OrgId,
  id: MessageId,
): Promise<Omit<PermitState, 'handedOut'>> {
  const { rows } = await sql<Row>`
    select m.contact_id, m.status, m.reason, m.address, m.due_at, m.lease_until,
      (select a.id from attempts a where a.org_id = m.org_id and a.message_id = m.id
        order by a.started_at desc, a.n desc limit 1) as attempt_id,
      (select d.facts->'checks'->-1->>'needs' from decisions d where d.org_id = m.org_id and d.message_id = m.id
        order by d.at desc, d.id desc limit 1) as needs
    from messages m where m.org_id = ${orgId} and m.id = ${id}`.execute(tx);
  const [row] = rows;
  if (!row) throw notFound('message');
  return {
    messageId: id,
    contactId: row.contact_id,
    status: row.status,
    reason: row.reason,
    needs: row.needs,
    address: row.address,
    dueAt: row.due_at,
    leaseUntil: row.lease_until,
    attemptId: row.attempt_id,
  };
}
