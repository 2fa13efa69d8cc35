import type { WorkKind } from '@halyard/core/claim-loop';
import type { NewEvent } from '@halyard/core/events/event';
import type { EventId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { OutboxId } from '@halyard/core/outbox/outbox-event';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { tellOutside } from '../outbox-writer.js';
import { worthDeciding } from '../worth-deciding.js';

/** A fact about a message: message.sent, message.delivered, … */
export interface MessageEvent {
  orgId: OrgId;
  messageId: string;
  contactId: NewEvent['contactId'];
  type: `message.${string}`;
  payload: Record<string, unknown>;
  occurredAt: Date;
  /** What it follows from, as a traceparent. */
  trace: string | null;
  /** Endpoints are not told. */
  quiet?: boolean;
}

/**
 * Records facts about messages of any organizations, queues for a decision those that one can come of, and tells the
 * outside, in the caller's transaction. The caller makes sure that each is recorded once: it holds the row whose status
 * the fact is about. Returns which loops have work by it.
 * Most blasts are about nothing that a flow looks at, and the place in the queue costs as much as the fact itself.
 */
export async function recordMessageEvents(
  tx: Tx,
  events: readonly MessageEvent[],
): Promise<ReadonlySet<WorkKind>> {
  const woken = new Set<WorkKind>();
  if (events.length === 0) return woken;
  const orgIds = [...new Set(events.map(({ orgId }) => orgId))];
  const types = [...new Set(events.map(({ type }) => type))];
  const rows = events.map((event) => ({
    org_id: event.orgId,
    id: randomIds<EventId>(),
    type: event.type,
    contact_id: event.contactId,
    subject_id: event.messageId,
    payload: event.payload,
    occurred_at: event.occurredAt,
    trace: event.trace ?? undefined, // left out where there is none
  }));
  const queued = await sql`
    with given as (
      select *, 'message' as subject_type, true as ruled_out from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as (
        org_id uuid, id uuid, type text, contact_id uuid, subject_id text, payload jsonb, occurred_at timestamptz,
        trace text
      )) with ordinality as given (org_id, id, type, contact_id, subject_id, payload, occurred_at, trace, n)
    ), recorded as (
      insert into events (org_id, id, type, contact_id, subject_type, subject_id, payload, occurred_at, trace_context)
      select org_id, id, type, contact_id, subject_type, subject_id, payload, occurred_at, trace from given
    )
    insert into pending_events (org_id, event_id, contact_id) ${worthDeciding(orgIds, types, [])}`.execute(
    tx,
  );
  if (queued.numAffectedRows) woken.add('events');
  const listening = await organizationsListening(tx, orgIds);
  if (listening.size === 0) return woken;
  const deliveries = await tellOutside(
    tx,
    rows
      .filter((row, n) => listening.has(row.org_id) && !events[n]?.quiet)
      .map((row) => ({
        orgId: row.org_id,
        id: randomIds<OutboxId>(),
        type: row.type,
        payload: { ...row.payload, contact_id: row.contact_id },
        occurredAt: row.occurred_at,
        trace: row.trace ?? null,
      })),
  );
  if (deliveries) woken.add('outbox');
  return woken;
}

/** Most have no endpoint: for them there is nothing to write out. */
async function organizationsListening(tx: Tx, orgIds: readonly OrgId[]): Promise<Set<OrgId>> {
  const { rows } = await sql<{ org_id: OrgId }>`
    select distinct org_id from endpoints
    where org_id = any (${orgIds}::uuid[]) and status = 'active'`.execute(tx);
  return new Set(rows.map((row) => row.org_id));
}
