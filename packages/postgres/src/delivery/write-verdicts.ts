import type { ClaimRequest, Verdict, Verdicts } from '@halyard/core/delivery/delivery-store';
import { randomIds } from '@halyard/core/ids';
import { messageFacts } from '@halyard/core/messages/message-facts';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { recordMessageEvents } from './message-events.js';
import { saveBuckets } from './rate-buckets.js';
import { recordChecks } from './recorded-checks.js';
import { askPerson } from './review-items.js';
import { TextsAsBytes } from './texts-as-bytes.js';

type Of<Kind extends Verdict['kind']> = Extract<Verdict, { kind: Kind }>;
const only = <Kind extends Verdict['kind']>(verdicts: readonly Verdict[], kind: Kind): Of<Kind>[] =>
  verdicts.filter((verdict): verdict is Of<Kind> => verdict.kind === kind);

type Term = Pick<ClaimRequest, 'now' | 'owner' | 'leaseUntil'>;

/** Writes what was decided, in the transaction that holds the messages: intents, deferrals, endings, decisions. */
export async function writeVerdicts(tx: Tx, request: Term, decided: Verdicts): Promise<void> {
  const { verdicts } = decided;
  await writeIntents(tx, request, only(verdicts, 'send'));
  await writeDeferrals(tx, [...only(verdicts, 'defer'), ...only(verdicts, 'leave')]);
  await writeEndings(tx, request.now, only(verdicts, 'end'));
  await writeDecisions(tx, request.now, verdicts);
  await saveBuckets(tx, decided.buckets);
  await writeProbes(tx, decided.probes);
}

/**
 * The intents to send: committed before any byte leaves, so that a crash leaves a trace of every call. An attempt carries
 * the checks that it rests on, as the decision to send is made with it and a row of its own would cost as much again.
 */
async function writeIntents(tx: Tx, request: Term, sends: readonly Of<'send'>[]): Promise<void> {
  if (sends.length === 0) return;
  const { now, owner, leaseUntil } = request;
  const rows = sends.map(({ candidate, sending, checks, payloadHash }) => ({
    org_id: sending.orgId,
    id: sending.messageId,
    attempt_id: sending.attemptId,
    n: candidate.message.tries + 1,
    connection_id: sending.connectionId,
    provider: sending.provider,
    channel: sending.channel,
    address: sending.address,
    key: sending.idempotencyKey,
    hash: payloadHash,
    checks: recordChecks(checks),
    template_id: candidate.templates[sending.channel]?.templateId ?? null,
    template_version: candidate.templates[sending.channel]?.number ?? null,
  }));
  await sql`
    with given as materialized (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as given (
        org_id uuid, id uuid, attempt_id uuid, n int, connection_id uuid, provider text, channel text, address text,
        key text, hash text, checks json, template_id uuid, template_version int)
    ), intended as (
      insert into attempts (org_id, id, message_id, n, connection_id, provider, channel, idempotency_key, payload_hash,
        checks, started_at)
      select org_id, attempt_id, id, n, connection_id, provider, channel, key, decode(hash, 'hex'), checks, ${now}
      from given
    )
    update messages m
    set status = 'sending', reason = null, tries = given.n, channel = given.channel, address = given.address,
      connection_id = given.connection_id, template_id = coalesce(given.template_id, m.template_id),
      template_version = coalesce(given.template_version, m.template_version), released_at = ${now},
      lease_until = ${leaseUntil}, lease_owner = ${owner}, updated_at = ${now}
    from given where m.org_id = given.org_id and m.id = given.id`.execute(tx);
  await writePayloads(tx, sends);
  await writeLinks(tx, sends);
}

async function writePayloads(tx: Tx, sends: readonly Of<'send'>[]): Promise<void> {
  const fresh = sends.flatMap(({ sending, payload }) => (payload ? [{ sending, payload }] : []));
  if (fresh.length === 0) return;
  const payloads = new TextsAsBytes(fresh.map(({ payload }) => payload));
  await sql`
    insert into message_payloads (org_id, message_id, payload)
    select org_id, id, ${payloads.at('start', 'length')}
    from unnest(${fresh.map(({ sending }) => sending.orgId)}::uuid[],
      ${fresh.map(({ sending }) => sending.messageId)}::uuid[], ${payloads.places})
      as given (org_id, id, start, length)
    on conflict (org_id, message_id) do update set payload = excluded.payload`.execute(tx);
}

async function writeLinks(tx: Tx, sends: readonly Of<'send'>[]): Promise<void> {
  const distinct = new Map(
    sends.flatMap(({ sending, links }) =>
      links.map(({ id, url }) => [`${sending.orgId}/${id}`, { orgId: sending.orgId, id, url }] as const),
    ),
  );
  if (distinct.size === 0) return;
  const links = [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, link]) => link);
  await sql`
    insert into links (org_id, id, url)
    select * from unnest(${links.map(({ orgId }) => orgId)}::uuid[], ${links.map(({ id }) => id)}::text[],
      ${links.map(({ url }) => url)}::text[])
    on conflict do nothing`.execute(tx);
}

async function writeDeferrals(tx: Tx, deferrals: readonly (Of<'defer'> | Of<'leave'>)[]): Promise<void> {
  if (deferrals.length === 0) return;
  const rows = deferrals.map((verdict) => ({
    org_id: verdict.candidate.message.orgId,
    id: verdict.candidate.message.id,
    due_at: verdict.until,
    reason: verdict.kind === 'defer' ? verdict.reason : verdict.candidate.message.deferredBy,
  }));
  await sql`
    update messages m set due_at = given.due_at, reason = given.reason, updated_at = now()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given (org_id uuid, id uuid, due_at timestamptz, reason text)
    where m.org_id = given.org_id and m.id = given.id`.execute(tx);
}

async function writeEndings(tx: Tx, now: Date, endings: readonly Of<'end'>[]): Promise<void> {
  if (endings.length === 0) return;
  const rows = endings.map(({ candidate, status, reason }) => ({
    org_id: candidate.message.orgId,
    id: candidate.message.id,
    status,
    reason,
  }));
  await sql`
    update messages m set status = given.status, reason = given.reason, updated_at = ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given (org_id uuid, id uuid, status text, reason text)
    where m.org_id = given.org_id and m.id = given.id`.execute(tx);
  await recordMessageEvents(
    tx,
    endings
      .filter(({ status }) => status === 'failed' || status === 'dead')
      .map(({ candidate: { message }, status, reason }) => ({
        orgId: message.orgId,
        messageId: message.id,
        contactId: message.contactId,
        type: 'message.failed' as const,
        payload: {
          ...messageFacts({ messageId: message.id, channel: message.channels[0], ...message.origin }),
          status,
          reason,
        },
        occurredAt: now,
        trace: message.trace,
      })),
  );
  await askPerson(
    tx,
    endings
      .filter(({ status }) => status === 'dead' || status === 'unknown')
      .map(({ candidate: { message }, status, reason, checks }) => ({
        orgId: message.orgId,
        messageId: message.id,
        kind: status === 'dead' ? ('dead_message' as const) : ('unknown_message' as const),
        reason,
        detail: { check: checks.at(-1) ?? null },
      })),
  );
}

/** What was put off or ended. The decision to send stands with its attempt. */
async function writeDecisions(tx: Tx, now: Date, verdicts: readonly Verdict[]): Promise<void> {
  const decided = [...only(verdicts, 'defer'), ...only(verdicts, 'end')];
  if (decided.length === 0) return;
  const decisions = decided.map(decisionOf);
  const messages = decided.map(({ candidate }) => candidate.message);
  const facts = new TextsAsBytes(decisions.map((decision) => JSON.stringify(decision.facts)));
  await sql`
    insert into decisions (org_id, id, message_id, run_id, contact_id, rule, verdict, facts, at)
    select org_id, id, message_id, run_id, contact_id, rule, verdict, ${facts.at('start', 'length')}::jsonb, ${now}
    from unnest(${messages.map(({ orgId }) => orgId)}::uuid[], ${messages.map(() => randomIds())}::uuid[],
      ${messages.map(({ id }) => id)}::uuid[], ${messages.map(({ origin }) => origin.runId)}::uuid[],
      ${messages.map(({ contactId }) => contactId)}::uuid[], ${decisions.map(({ rule }) => rule)}::text[],
      ${decisions.map(({ verdict }) => verdict)}::text[], ${facts.places})
      as given (org_id, id, message_id, run_id, contact_id, rule, verdict, start, length)`.execute(tx);
}

function decisionOf(verdict: Of<'defer'> | Of<'end'>) {
  const { rule, reason } = verdict;
  const checks = recordChecks(verdict.checks);
  return verdict.kind === 'defer'
    ? { rule, verdict: 'defer', facts: { checks, reason, until: verdict.until } }
    : { rule, verdict: verdict.status, facts: { checks, reason } };
}

async function writeProbes(tx: Tx, probes: Verdicts['probes']): Promise<void> {
  for (const { connection, breaker } of probes)
    await tx
      .updateTable('connections')
      .set({ breaker_state: breaker.state, breaker_retry_at: breaker.retryAt })
      .where('org_id', '=', connection.orgId)
      .where('id', '=', connection.id)
      .execute();
}
