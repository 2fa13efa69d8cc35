import { createHash } from 'node:crypto';
import { DomainError } from '@halyard/core/domain-error';
import type { NewEvent } from '@halyard/core/events/event';
import type { EventId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from './database.js';
import { planned } from './plan-once.js';
import { ahead } from './send-ahead.js';
import type { AskedTriggers } from './trigger-filters.js';
import { noneAsked } from './trigger-filters.js';
import { worthDeciding } from './worth-deciding.js';

export interface RecordedEvent {
  id: EventId;
  /** An event with this key and body was there already; nothing was written. */
  duplicate: boolean;
}

/**
 * Records facts and queues for a decision those that one can come of, in the caller's transaction; answers in the order
 * given. Afterwards the caller pokes `events`. A key that was used with another body is an `idempotency_conflict`.
 */
export async function recordEvents(
  tx: Tx,
  orgId: OrgId,
  events: readonly NewEvent[],
): Promise<RecordedEvent[]> {
  return (await recordEach(tx, orgId, events)).map((recorded, n) => {
    if (recorded === 'conflict') throw usedOtherwise(events[n]?.key ?? '');
    return recorded;
  });
}

/**
 * As recordEvents, but an event whose key was used with another body is left out and answered with `conflict`.
 * @param asked triggers that were asked before: an event that they rule out waits for no decision on their account.
 */
export async function recordEach(
  tx: Tx,
  orgId: OrgId,
  events: readonly NewEvent[],
  asked: AskedTriggers = noneAsked,
): Promise<(RecordedEvent | 'conflict')[]> {
  if (events.length === 0) return [];
  const hashes = new Map(events.map((event) => [event, event.key ? bodyHash(event) : '']));
  const known = await takeKeys(tx, orgId, events, hashes);
  const fresh = events.filter((event) => !event.key || known.get(event.key)?.id === event.id);
  if (fresh.length) await insert(tx, orgId, fresh, asked);
  return events.map((event) => {
    const first = event.key ? known.get(event.key) : undefined;
    if (!first) return { id: event.id, duplicate: false };
    return first.hash === hashes.get(event) ? { id: first.id, duplicate: first.id !== event.id } : 'conflict';
  });
}

/** Which event each key stands for, and the hash of its body: the first of the given ones where the key was free. */
async function takeKeys(
  tx: Tx,
  orgId: OrgId,
  events: readonly NewEvent[],
  hashes: ReadonlyMap<NewEvent, string>,
): Promise<Map<string, { id: EventId; hash: string }>> {
  const keyed = new Map<string, { key: string; id: EventId; hash: string }>();
  for (const event of events)
    if (event.key && !keyed.has(event.key))
      keyed.set(event.key, { key: event.key, id: event.id, hash: hashes.get(event) ?? '' });
  if (keyed.size === 0) return new Map();
  // In the order of the keys, so that two batches with the same keys wait for one another instead of deadlocking.
  const rows = [...keyed.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  const taken = await sql<{ key: string }>`${planned}
    insert into event_keys (org_id, key, event_id, body_hash)
    select ${orgId}, key, id::uuid, decode(hash, 'hex')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (key text, id text, hash text)
    on conflict do nothing
    returning key`.execute(tx);
  const known = new Map<string, { id: EventId; hash: string }>(keyed);
  for (const { key } of taken.rows) keyed.delete(key);
  if (keyed.size === 0) return known;
  const stored = await tx
    .selectFrom('event_keys')
    .select(['key', 'event_id', 'body_hash'])
    .where('org_id', '=', orgId)
    .where(sql<boolean>`key = any (${[...keyed.keys()]}::text[])`)
    .execute();
  for (const row of stored)
    known.set(row.key, { id: row.event_id as EventId, hash: row.body_hash.toString('hex') });
  return known;
}

/** Puts facts on record without queueing them: for what no flow is to be set off by. Of several organizations at once. */
export async function rememberEvents(
  tx: Tx,
  events: readonly { orgId: OrgId; event: NewEvent }[],
): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({ orgId, event }) => toRow(orgId, event));
  await sql`${ahead}
    insert into events (org_id, id, type, contact_id, subject_type, subject_id, payload, occurred_at, trace_context)
    select org_id, id, type, contact_id, subject_type, subject_id, payload, occurred_at, coalesce(trace, current_trace())
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (org_id uuid, ${eventColumns})`.execute(
    tx,
  );
}

async function insert(
  tx: Tx,
  orgId: OrgId,
  events: readonly NewEvent[],
  asked: AskedTriggers,
): Promise<void> {
  const rows = events.map((event) => ({ ...toRow(orgId, event), ruled_out: asked.ruleOut(event) }));
  const types = [...new Set(events.map((event) => event.type))];
  // The queue's order is the order given: seq follows `n`.
  await sql`${ahead}${planned}
    with given as (
      select * from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as (org_id uuid, ${eventColumns}, ruled_out boolean))
        with ordinality as given (org_id, id, type, contact_id, subject_type, subject_id, payload, occurred_at, trace, ruled_out, n)
    ), recorded as (
      insert into events (org_id, id, type, contact_id, subject_type, subject_id, payload, occurred_at, trace_context)
      select org_id, id, type, contact_id, subject_type, subject_id, payload, occurred_at, coalesce(trace, current_trace())
      from given
    )
    insert into pending_events (org_id, event_id, contact_id) ${worthDeciding([orgId], types, asked.versions)}`.execute(
    tx,
  );
}

const eventColumns = sql.raw(
  'id uuid, type text, contact_id uuid, subject_type text, subject_id text, payload jsonb, occurred_at timestamptz, trace text',
);

const toRow = (orgId: OrgId, event: NewEvent) => ({
  org_id: orgId,
  id: event.id,
  type: event.type,
  contact_id: event.contactId,
  subject_type: event.subject?.type ?? null,
  subject_id: event.subject?.id ?? null,
  payload: event.payload,
  occurred_at: event.occurredAt,
  trace: event.trace,
});

const bodyHash = (event: NewEvent): string =>
  createHash('sha256')
    .update(
      event.fingerprint ??
        JSON.stringify([event.type, event.contactId, event.subject ?? null, event.payload]),
    )
    .digest('hex');

const usedOtherwise = (key: string): DomainError =>
  new DomainError(
    'idempotency_conflict',
    `The key ${key} was used for another event. Use a new key for a new event.`,
  );
