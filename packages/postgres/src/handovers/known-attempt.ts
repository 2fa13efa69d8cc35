import type { KnownAttempt } from '@halyard/core/handovers/handover-store';
import type { AttemptId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import type { SendingRow } from '../delivery/sending-rows.js';
import { sendingColumns, toSendings } from '../delivery/sending-rows.js';

type Row = SendingRow & Pick<KnownAttempt, 'outcome' | 'status'>;

/** An attempt and its message as they are. */
export async function knownAttempt(tx: Tx, orgId: OrgId, id: AttemptId): Promise<KnownAttempt | null> {
  const { rows } = await sql<Row>`
    select ${sendingColumns}, a.outcome, m.status
    from attempts a join messages m on m.org_id = a.org_id and m.id = a.message_id
    where a.org_id = ${orgId} and a.id = ${id}`.execute(tx);
  const [row] = rows;
  const [sending] = await toSendings(tx, rows);
  return row && sending ? { sending, outcome: row.outcome, status: row.status } : null;
}
