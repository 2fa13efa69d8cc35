import type { DueMessage } from '@halyard/core/delivery/candidate';
import type { FlowId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from './database.js';

/** Those flows of these messages that are paused: what they planned is held. */
export async function pausedFlowsOf(tx: Tx, messages: readonly DueMessage[]): Promise<ReadonlySet<string>> {
  const planned = messages.filter(({ source, origin }) => source === 'flow' && origin.flowId);
  if (planned.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select id from flows
    where org_id = any (${[...new Set(planned.map(({ orgId }) => orgId))]}::uuid[])
      and id = any (${[...new Set(planned.map(({ origin }) => origin.flowId))]}::uuid[])
      and status = 'paused'`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

/** What the pause of a flow held is due again: at its moment, or at once when that is over. */
export async function letGoOfFlow(tx: Tx, orgId: OrgId, flowId: FlowId): Promise<void> {
  await sql`
    update messages set due_at = greatest(planned_at, now()), reason = null
    where org_id = ${orgId} and flow_id = ${flowId} and status = 'scheduled' and reason = 'flow_paused'`.execute(
    tx,
  );
}
