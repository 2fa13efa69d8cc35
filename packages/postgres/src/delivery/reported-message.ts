import type { ProviderReport } from '@halyard/core/delivery/provider';
import { statusAfter } from '@halyard/core/delivery/reported-status';
import type { ContactId, MessageId, OrgId } from '@halyard/core/ids';
import type { MessageStatus } from '@halyard/core/messages/message';
import { sql } from 'kysely';
import type { Tx } from '../database.js';

export interface ReportedMessage {
  id: MessageId;
  contact_id: ContactId | null;
  status: MessageStatus;
  channel: ProviderReport['channel'] | null;
  address: string | null;
  flow_id: string | null;
  run_id: string | null;
  step_id: string | null;
  sent_at: Date | null;
  /** The report is the first to say that it went out: nobody was told yet. */
  first_word: boolean;
  trace_context: string | null;
  /** The last call that was made for it. */
  attempt_id: string | null;
}

/** Moves the message forward by all that was reported of it, and settles the attempt whose fate was unknown. */
export async function moveMessage(
  tx: Tx,
  orgId: OrgId,
  report: ProviderReport,
  id: MessageId | null,
): Promise<ReportedMessage | null> {
  if (!id || report.type === 'inbound') return null;
  const message = await tx
    .selectFrom('messages')
    .select(['id', 'contact_id', 'status', 'channel', 'address', 'flow_id', 'run_id', 'step_id', 'sent_at'])
    .select('trace_context')
    .select((message) =>
      message
        .selectFrom('attempts')
        .select('attempts.id')
        .whereRef('attempts.org_id', '=', 'messages.org_id')
        .whereRef('attempts.message_id', '=', 'messages.id')
        .orderBy('n', 'desc')
        .limit(1)
        .as('attempt_id'),
    )
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forUpdate()
    .$castTo<Omit<ReportedMessage, 'first_word'>>()
    .executeTakeFirst();
  if (!message) return null;
  const { rows } = await sql<{ type: ProviderReport['type'] }>`
    select distinct type from provider_reports where org_id = ${orgId} and message_id = ${id}`.execute(tx);
  const proven = statusAfter(
    message.status,
    rows.map((row) => row.type),
  );
  // While a call is under way its own outcome will say that it was sent.
  const status = message.status === 'sending' && proven === 'sent' ? message.status : proven;
  const first_word = status !== 'sending' && message.sent_at === null;
  await tx
    .updateTable('messages')
    .set({
      status,
      ...(first_word && { sent_at: report.occurredAt, lease_until: null, lease_owner: null }),
      ...(report.type === 'delivered' && {
        delivered_at: sql<Date>`least(delivered_at, ${report.occurredAt})`,
      }),
      ...(message.status === 'unknown' && { reason: null }),
      provider_message_id: sql<string>`coalesce(provider_message_id, ${report.providerMessageId ?? null})`,
      updated_at: sql`now()`,
    })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute();
  await settleUnknown(tx, orgId, id, report);
  return { ...message, first_word };
}

/** A report is the answer that the call did not get. Its review item has nothing left to ask. */
async function settleUnknown(tx: Tx, orgId: OrgId, id: MessageId, report: ProviderReport): Promise<void> {
  await tx
    .updateTable('attempts')
    .set({
      outcome: 'accepted',
      provider_message_id: sql`coalesce(provider_message_id, ${report.providerMessageId ?? null})`,
    })
    .where('org_id', '=', orgId)
    .where('message_id', '=', id)
    .where('outcome', '=', 'unknown')
    .execute();
  await nothingLeftToAsk(tx, orgId, id);
}

/** What became of an unknown send is known now. */
export async function nothingLeftToAsk(tx: Tx, orgId: OrgId, id: MessageId): Promise<void> {
  await tx
    .updateTable('review_items')
    .set({ status: 'resolved', resolved_at: sql`now()`, resolved_by: 'provider report' })
    .where('org_id', '=', orgId)
    .where('subject_type', '=', 'message')
    .where('subject_id', '=', id)
    .where('kind', '=', 'unknown_message')
    .where('status', '=', 'open')
    .execute();
}

/** Vendors tell the same twice under two keys: a delivery or bounce is one fact, however often it is told. */
export async function sameTypeBefore(
  tx: Tx,
  orgId: OrgId,
  id: MessageId,
  report: ProviderReport,
): Promise<boolean> {
  if (report.type === 'opened' || report.type === 'clicked') return false;
  const { rows } = await sql<{ seen: boolean }>`
    select exists (
      select from events where org_id = ${orgId} and subject_type = 'message' and subject_id = ${id}
        and payload->>'report' = ${report.type}
    ) as seen`.execute(tx);
  return rows[0]?.seen ?? false;
}
