import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { OutboxEvent } from '@halyard/core/outbox/outbox-event';
import { sql } from 'kysely';
import type { Tx } from './database.js';
import { planned } from './plan-once.js';
import { ahead } from './send-ahead.js';

/**
 * Puts what the outside is to be told into the outbox, in the transaction of the change itself, with a delivery for each
 * endpoint that wants it. What no endpoint wants is not kept. Works for events of several organizations at once.
 * Afterwards the caller pokes `outbox`. Returns how many deliveries were made.
 */
export async function tellOutside(
  tx: Tx,
  events: readonly (OutboxEvent & { orgId: OrgId })[],
): Promise<number> {
  if (events.length === 0) return 0;
  const rows = events.map((event) => ({
    org_id: event.orgId,
    id: event.id,
    type: event.type,
    payload: event.payload,
    occurred_at: event.occurredAt,
    trace: event.trace,
  }));
  const wanted = await sql<{ org_id: string; outbox_id: string; endpoint_id: string }>`${planned}
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as given (org_id uuid, id uuid, type text, payload jsonb, occurred_at timestamptz, trace text)
    ), wanted as (
      select given.*, endpoints.id as endpoint_id
      from given join endpoints on endpoints.org_id = given.org_id and endpoints.status = 'active'
        and (given.type = any (endpoints.event_types) or '*' = any (endpoints.event_types))
    ), kept as (
      insert into outbox (org_id, id, type, payload, occurred_at, trace_context)
      select distinct org_id, id, type, payload, occurred_at, coalesce(trace, current_trace()) from wanted
    )
    select org_id, id as outbox_id, endpoint_id from wanted`.execute(tx);
  if (wanted.rows.length === 0) return 0;
  const deliveries = wanted.rows.map((row) => ({ ...row, id: randomIds() }));
  await sql`${ahead}
    insert into deliveries (org_id, id, outbox_id, endpoint_id)
    select org_id, id, outbox_id, endpoint_id from jsonb_to_recordset(${JSON.stringify(deliveries)}::jsonb)
      as given (org_id uuid, id uuid, outbox_id uuid, endpoint_id uuid)`.execute(tx);
  return deliveries.length;
}
