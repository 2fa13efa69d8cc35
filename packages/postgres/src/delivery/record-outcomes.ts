import type { WorkKind } from '@halyard/core/claim-loop';
import type { RecordedOutcome } from '@halyard/core/delivery/delivery-store';
import type { OrgId } from '@halyard/core/ids';
import { messageFacts } from '@halyard/core/messages/message-facts';
import { atSpanOf } from '@halyard/core/trace';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { suppress } from '../suppressions.js';
import { awaitReports } from './await-reports.js';
import { moveBreakers, pauseConnections } from './connection-health.js';
import { forgetErased } from './erased-messages.js';
import { holdReports } from './keep-reports.js';
import type { MessageEvent } from './message-events.js';
import { recordMessageEvents } from './message-events.js';
import { blockConnections } from './rate-buckets.js';
import { applyEarlyReports } from './report-store.js';
import { nothingLeftToAsk } from './reported-message.js';
import { askPerson } from './review-items.js';

/**
 * Writes what became of attempts and everything that follows. What another worker settled already stays. Returns which
 * loops have work by it.
 */
export async function recordOutcomes(
  tx: Tx,
  given: readonly RecordedOutcome[],
): Promise<ReadonlySet<WorkKind>> {
  const [first] = given;
  if (!first) return new Set();
  // Rows are written in one order everywhere, so that two workers wait for one another instead of deadlocking.
  const sorted = [...given].sort((a, b) => (a.sending.messageId < b.sending.messageId ? -1 : 1));
  const outcomes = sorted.flatMap((one) => (hasEnded(one) ? [one] : []));
  await awaitReports(tx, sorted);
  const accepted = outcomes.flatMap(acceptedAs);
  await holdReports(
    tx,
    accepted.map(({ connectionId }) => connectionId),
  );
  const settled = await settle(tx, outcomes);
  const moved = (await forgetErased(tx, outcomes)).filter(({ sending }) => settled.has(sending.attemptId));
  const woken = await recordMessageEvents(tx, moved.flatMap(eventOf));
  const reported = await applyEarlyReports(tx, accepted);
  await suppressInvalid(tx, moved);
  for (const { sending, reported: told } of moved)
    if (told) await nothingLeftToAsk(tx, sending.orgId, sending.messageId);
  await askPerson(tx, moved.flatMap(reviewOf));
  const blocks = outcomes.flatMap(({ sending, transition }) =>
    transition.blockConnectionUntil
      ? [
          {
            orgId: sending.orgId,
            connectionId: sending.connectionId,
            until: transition.blockConnectionUntil,
          },
        ]
      : [],
  );
  await blockConnections(tx, blocks, first.at);
  await moveBreakers(tx, given);
  await pauseConnections(tx, given);
  const plain = reported === 0 && given.every(({ transition }) => transition.to.status === 'sent');
  return plain ? woken : new Set(['messages', 'events', 'outbox']);
}

/** The call is over, and nobody else has taken it on. */
type Ended = RecordedOutcome & {
  transition: { to: Exclude<RecordedOutcome['transition']['to'], { status: 'sending' }> };
};

const hasEnded = (one: RecordedOutcome): one is Ended => one.transition.to.status !== 'sending';

/**
 * Status moves forward only: from `sending`, or, for an acceptance or a report that comes late, from where a taken-over
 * attempt was left. Returns the attempts whose message was moved.
 */
async function settle(tx: Tx, outcomes: readonly Ended[]): Promise<Set<string>> {
  if (outcomes.length === 0) return new Set();
  const { rows } = await sql<{ attempt_id: string }>`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(outcomes.map(toRow))}::jsonb) as given (
        org_id uuid, id uuid, attempt_id uuid, at timestamptz, outcome text, provider_message_id text, code text,
        detail text, status text, due_at timestamptz, reason text, not_sent boolean, error jsonb,
        reported boolean)
    ), settled as (
      update attempts a
      set finished_at = given.at, outcome = given.outcome, provider_message_id = given.provider_message_id,
        code = given.code, detail = given.detail
      from given
      where a.org_id = given.org_id and a.id = given.attempt_id
        and (a.outcome is null or (a.outcome = 'unknown' and (given.outcome = 'accepted' or given.reported)))
      returning a.id, a.n, a.started_at
    )
    update messages m
    set status = case when m.status in ('delivered', 'bounced', 'failed') then m.status else given.status end,
      reason = given.reason, due_at = coalesce(given.due_at, m.due_at),
      sent_at = case when given.status = 'sent' then given.at else m.sent_at end,
      provider_message_id = coalesce(given.provider_message_id, m.provider_message_id),
      released_at = case when given.not_sent then null else m.released_at end,
      last_error = coalesce(given.error, m.last_error), lease_until = null, lease_owner = null, updated_at = given.at
    from given join settled on settled.id = given.attempt_id
    where m.org_id = given.org_id and m.id = given.id
      and (m.status = 'sending' or (given.status = 'sent' and m.sent_at is null)
        or (given.reported and m.status = 'unknown'))
      -- What is reported of an attempt says nothing of one that was made since.
      and not (given.reported and exists (
        select from attempts later where later.org_id = m.org_id and later.message_id = m.id
          and later.id <> settled.id and (later.started_at, later.n) > (settled.started_at, settled.n)))
    returning given.attempt_id`.execute(tx);
  return new Set(rows.map((row) => row.attempt_id));
}

function toRow({ sending, outcome, at, transition, reported = false }: Ended) {
  const { to } = transition;
  const failure = 'code' in outcome ? { code: outcome.code, detail: outcome.detail } : null;
  const detail = failure?.detail ?? ('detail' in outcome ? outcome.detail : null);
  return {
    org_id: sending.orgId,
    id: sending.messageId,
    attempt_id: sending.attemptId,
    at,
    // A refused account says nothing about the message: it may go by the same way once that is mended.
    outcome: transition.pauseConnection ? 'failed_before_send' : outcome.kind,
    provider_message_id: to.status === 'sent' ? to.providerMessageId : null,
    code: failure?.code ?? null,
    detail: detail?.slice(0, 2_000) ?? null,
    status: to.status,
    due_at: to.status === 'scheduled' ? to.dueAt : to.status === 'unknown' ? to.askAt : null,
    reason: to.status === 'sent' ? null : to.reason,
    not_sent: transition.notSent,
    error: outcome.kind === 'accepted' ? null : { outcome: outcome.kind, ...failure, at },
    reported,
  };
}

function eventOf({ sending, outcome, at, transition }: Ended): MessageEvent[] {
  const { to } = transition;
  if (to.status === 'scheduled' || to.status === 'unknown') return [];
  return [
    {
      orgId: sending.orgId,
      messageId: sending.messageId,
      contactId: sending.contactId,
      type: to.status === 'sent' ? 'message.sent' : 'message.failed',
      payload: {
        ...messageFacts({ messageId: sending.messageId, channel: sending.channel, ...sending.origin }),
        connection_id: sending.connectionId,
        ...(to.status !== 'sent' && {
          status: to.status,
          reason: to.reason,
          detail: 'detail' in outcome ? outcome.detail : null,
        }),
      },
      occurredAt: at,
      trace: atSpanOf(sending.trace, sending.attemptId),
    },
  ];
}

const acceptedAs = ({ sending: { orgId, connectionId }, transition: { to } }: Ended) =>
  to.status === 'sent' && to.providerMessageId
    ? [{ orgId, connectionId, providerMessageId: to.providerMessageId }]
    : [];

async function suppressInvalid(tx: Tx, outcomes: readonly RecordedOutcome[]): Promise<void> {
  const invalid = outcomes.filter(({ sending, transition }) => transition.suppressAddress && sending.address);
  for (const [orgId, refused] of Map.groupBy(invalid, ({ sending }): OrgId => sending.orgId))
    await suppress(
      tx,
      orgId,
      refused.map(({ sending }) => ({
        channel: sending.channel,
        address: sending.address,
        reason: 'invalid' as const,
        source: sending.provider,
      })),
    );
}

function reviewOf({ sending, outcome, at, transition: { to } }: Ended) {
  if (to.status !== 'dead' && !(to.status === 'unknown' && to.askAt <= at)) return [];
  return [
    {
      orgId: sending.orgId,
      messageId: sending.messageId,
      kind: to.status === 'dead' ? ('dead_message' as const) : ('unknown_message' as const),
      reason: to.reason,
      detail: { attempt_id: sending.attemptId, connection_id: sending.connectionId, outcome },
    },
  ];
}
