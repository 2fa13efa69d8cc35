import type { NewEvent } from '@halyard/core/events/event';
import type { EventId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { OutboxId } from '@halyard/core/outbox/outbox-event';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { tellOutside } from '../outbox-writer.js';

/** A fact about a message: message.sent, message.delivered, … */
export interface MessageEvent {
  orgId: OrgId;
  messageId: string;
  contactId: NewEvent['contactId'];
  type: `message.${string}`;
  payload: Record<string, unknown>;
  occurredAt: Date;
  /** Endpoints are not told. */
  quiet?: boolean;
}

/** What every fact about a message names; what does not apply is left out. */
export function factsOf(of: {
  messageId: string;
  channel: string | null | undefined;
  flowId: string | null;
  runId: string | null;
  stepId: string | null;
}): Record<string, unknown> {
  return {
    message_id: of.messageId,
    ...(of.channel && { channel: of.channel }),
    ...(of.flowId && { flow_id: of.flowId }),
    ...(of.runId && { run_id: of.runId }),
    ...(of.stepId && { step_id: of.stepId }),
  };
}

/**
 * Records facts about messages of any organizations, queues them for a decision and tells the outside, in the caller's
 * transaction. The caller makes sure that each is recorded once: it holds the row whose status the fact is about.
 */
export async function recordMessageEvents(tx: Tx, events: readonly MessageEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event) => ({
    org_id: event.orgId,
    id: randomIds<EventId>(),
    type: event.type,
    contact_id: event.contactId,
    subject_id: event.messageId,
    payload: event.payload,
    occurred_at: event.occurredAt,
  }));
  await sql`
    with given as (
      select * from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as (
        org_id uuid, id uuid, type text, contact_id uuid, subject_id text, payload jsonb, occurred_at timestamptz
      )) with ordinality as given (org_id, id, type, contact_id, subject_id, payload, occurred_at, n)
    ), recorded as (
      insert into events (org_id, id, type, contact_id, subject_type, subject_id, payload, occurred_at)
      select org_id, id, type, contact_id, 'message', subject_id, payload, occurred_at from given
    )
    insert into pending_events (org_id, event_id, contact_id)
    select org_id, id, contact_id from given order by n`.execute(tx);
  const listening = await organizationsListening(tx, [...new Set(events.map(({ orgId }) => orgId))]);
  if (listening.size === 0) return;
  await tellOutside(
    tx,
    rows
      .filter((row, n) => listening.has(row.org_id) && !events[n]?.quiet)
      .map((row) => ({
        orgId: row.org_id,
        id: randomIds<OutboxId>(),
        type: row.type,
        payload: { ...row.payload, contact_id: row.contact_id },
        occurredAt: row.occurred_at,
      })),
  );
}

/** Most have no endpoint: for them there is nothing to write out. */
async function organizationsListening(tx: Tx, orgIds: readonly OrgId[]): Promise<Set<OrgId>> {
  const { rows } = await sql<{ org_id: OrgId }>`
    select distinct org_id from endpoints
    where org_id = any (${orgIds}::uuid[]) and status = 'active'`.execute(tx);
  return new Set(rows.map((row) => row.org_id));
}
