import { startRequested } from '@halyard/core/decide/requests';
import type { EventRecord, Occasions } from '@halyard/core/explain/explain-store';
import type { ContactId, EventId, OrgId } from '@halyard/core/ids';
import type { RawBuilder, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { toEvent } from '../events.js';
import type { Events } from '../schema.gen.js';

/** One event with how far it is decided; null when there is none. */
export const findEvent = (tx: Tx, orgId: OrgId, id: EventId): Promise<EventRecord | null> =>
  first(tx, sql`events.org_id = ${orgId} and events.id = ${id}`);

/** The contact's latest event of these types, or request to enter the flow. */
export function latestEvent(
  tx: Tx,
  orgId: OrgId,
  contactId: ContactId,
  { patterns, requests }: Occasions,
  after?: Date,
): Promise<EventRecord | null> {
  return first(
    tx,
    sql`events.org_id = ${orgId} and events.contact_id = ${contactId}
      and (exists (select from unnest(${patterns}::text[]) as pattern
          where case when pattern like '%.*' then starts_with(events.type, left(pattern, -1)) else events.type = pattern end)
        or (events.type = ${startRequested} and events.payload ->> 'flow_id' = ${requests}))
      and (${after ?? null}::timestamptz is null or events.recorded_at > ${after ?? null})`,
  );
}

async function first(tx: Tx, which: RawBuilder<unknown>): Promise<EventRecord | null> {
  const { rows } = await sql<Selectable<Events> & { state: EventRecord['state'] }>`
    select events.*, case
      when exists (select from review_items items where items.org_id = events.org_id and items.subject_type = 'event'
        and items.subject_id = events.id::text and items.kind = 'failed_event' and items.status = 'open') then 'gave_up'
      when exists (select from pending_events pending where pending.org_id = events.org_id
        and pending.event_id = events.id) then 'pending'
      else 'decided' end as state
    from events where ${which}
    order by events.recorded_at desc, events.id desc limit 1`.execute(tx);
  const [row] = rows;
  if (!row) return null;
  const told = toEvent(row);
  return {
    event: {
      id: row.id as EventId,
      type: row.type,
      contactId: row.contact_id as ContactId | null,
      subject: told.subject,
      payload: told.payload,
      occurredAt: row.occurred_at,
    },
    told,
    // The database keeps microseconds, a Date milliseconds.
    recordedAt: new Date(row.recorded_at.getTime() + 1),
    state: row.state,
  };
}
