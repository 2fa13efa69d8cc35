import type { DueMessage } from '@halyard/core/delivery/candidate';
import { awaitingClaim } from '@halyard/core/delivery/who-sends';
import type { Claimable } from '@halyard/core/handovers/handover-store';
import type { MessageId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import type { DueRow } from '../delivery/due-rows.js';
import { dueColumns, toDueMessage } from '../delivery/due-rows.js';

/** Locks messages that wait for a workflow to claim them, the urgent and the oldest first. */
export async function lockClaimable(
  tx: Tx,
  orgId: OrgId,
  { channels, limit }: Claimable,
): Promise<DueMessage[]> {
  const { rows } = await sql<DueRow>`
    select ${dueColumns} from messages
    where org_id = ${orgId} and status = 'scheduled' and reason = ${sql.lit(awaitingClaim)}
      and (${channels}::text[] is null or channels && ${channels}::text[])
    order by lane, planned_at limit ${limit}
    for update skip locked`.execute(tx);
  return rows.map(toDueMessage);
}

/** Locks one scheduled message, waiting for whoever holds it. */
export async function lockMessage(tx: Tx, orgId: OrgId, id: MessageId): Promise<DueMessage[]> {
  const { rows } = await sql<DueRow>`
    select ${dueColumns} from messages where org_id = ${orgId} and id = ${id} and status = 'scheduled'
    for update`.execute(tx);
  return rows.map(toDueMessage);
}
