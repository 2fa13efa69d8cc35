import { retryAt } from '@halyard/core/decide/retry';
import type { MessageKey } from '@halyard/core/delivery/delivery-store';
import { randomIds } from '@halyard/core/ids';
import { messageFacts } from '@halyard/core/messages/message-facts';
import type { Tx } from '../database.js';
import { recordMessageEvents } from './message-events.js';
import { askPerson } from './review-items.js';
import { notDecided as reason, setAsides } from './set-asides.js';

/** Puts off a message that cannot be released, or gives it up after the last try; `last_error` counts the tries. */
export async function setAside(tx: Tx, failed: MessageKey, problem: string, now: Date): Promise<void> {
  const row = await lock(tx, failed);
  if (!row) return;
  const again = retryAt(row.tries, now);
  const error = { code: reason, detail: problem, tries: row.tries + 1, at: now };
  await tx
    .updateTable('messages')
    .set({
      ...(again ? { due_at: again } : { status: 'dead' }),
      reason,
      last_error: JSON.stringify(error),
      updated_at: now,
    })
    .where('org_id', '=', failed.orgId)
    .where('id', '=', failed.id)
    .execute();
  await writeDecision(tx, failed, row, { problem, tries: row.tries + 1, until: again }, now);
  if (!again) await giveUp(tx, failed, row, problem, now);
}

type Row = NonNullable<Awaited<ReturnType<typeof lock>>>;

/** Another worker may have seen to it meanwhile: then it is not scheduled any more. */
const lock = (tx: Tx, { orgId, id }: MessageKey) =>
  tx
    .selectFrom('messages')
    .select(['contact_id', 'flow_id', 'run_id', 'step_id', 'channels', 'trace_context'])
    .select(setAsides.as('tries'))
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('status', '=', 'scheduled')
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();

const writeDecision = (
  tx: Tx,
  { orgId, id }: MessageKey,
  row: Row,
  facts: Record<string, unknown> & { until: Date | null },
  now: Date,
) =>
  tx
    .insertInto('decisions')
    .values({
      org_id: orgId,
      id: randomIds(),
      message_id: id,
      run_id: row.run_id,
      contact_id: row.contact_id,
      rule: 'release',
      verdict: facts.until ? 'defer' : 'dead',
      facts: JSON.stringify({ ...facts, reason }),
      at: now,
    })
    .execute();

async function giveUp(
  tx: Tx,
  { orgId, id }: MessageKey,
  row: Row,
  problem: string,
  now: Date,
): Promise<void> {
  const origin = { flowId: row.flow_id, runId: row.run_id, stepId: row.step_id };
  await recordMessageEvents(tx, [
    {
      orgId,
      messageId: id,
      contactId: row.contact_id as never,
      type: 'message.failed',
      payload: {
        ...messageFacts({ messageId: id, channel: row.channels[0], ...origin }),
        status: 'dead',
        reason,
      },
      occurredAt: now,
      trace: row.trace_context,
    },
  ]);
  await askPerson(tx, [
    { orgId, messageId: id, kind: 'dead_message', reason: problem, detail: { tries: row.tries + 1 } },
  ]);
}
