import type { ReviewKind } from '@halyard/contracts/review/routes';
import type { MessageId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { retryMessage } from '../messages/retry-message.js';

/** Why it cannot be tried again; null when it is back at work. */
export type Refusal = string | null;

type Replay = (
  tx: Tx,
  orgId: OrgId,
  subjectId: string,
  by: { confirmed: boolean; now: Date },
) => Promise<Refusal>;

const gone = 'What this is about is not there any more: resolve it.';

const message: Replay = async (tx, orgId, subjectId, by) => {
  const result = await retryMessage(tx, orgId, subjectId as MessageId, by);
  if (result === 'missing') return gone;
  return result === 'scheduled' ? null : result.refused;
};

/** Queued at the end: what its contact did since then stays decided. */
const event: Replay = async (tx, orgId, subjectId) => {
  const { rows } = await sql`
    insert into pending_events (org_id, event_id, contact_id)
    select org_id, id, contact_id from events where org_id = ${orgId} and id::text = ${subjectId}
    on conflict do nothing returning event_id`.execute(tx);
  return rows.length ? null : 'This event is gone, or waits to be decided already.';
};

const run: Replay = async (tx, orgId, subjectId, { now }) => {
  const { numAffectedRows } = await sql`
    update runs set status = 'active', wake_at = ${now}, tries = 0, last_error = null, end_reason = null, ended_at = null
    where org_id = ${orgId} and id::text = ${subjectId} and status = 'failed'`.execute(tx);
  return numAffectedRows ? null : 'This run has not failed, or is gone.';
};

const delivery: Replay = async (tx, orgId, subjectId, { now }) => {
  const { numAffectedRows } = await sql`
    update deliveries set status = 'pending', due_at = ${now}, tries = 0, finished_at = null, lease_until = null
    where org_id = ${orgId} and id::text = ${subjectId} and status = 'failed'`.execute(tx);
  return numAffectedRows ? null : 'This delivery has not failed, or is gone.';
};

const never: Replay = async () => 'Send the input again once it is mended; then resolve this.';

/** How each kind of item is tried again, in the caller's transaction. */
export const replays: Record<ReviewKind, Replay> = {
  dead_message: message,
  unknown_message: message,
  failed_event: event,
  failed_run: run,
  failed_delivery: delivery,
  quarantined_input: never,
};
