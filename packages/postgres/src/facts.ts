import type { Subject } from '@halyard/core/events/event';
import type { Facts, SeenEvent } from '@halyard/core/flows/run';
import type { ContactId, EventId, OrgId, RunId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from './database.js';

/** Whose facts are wanted, and about what. */
export interface FactsRequest {
  orgId: OrgId;
  contactId: ContactId | null;
  subject: Subject | null;
  /** The event that started the run or set off the message: as it was seen, or its id. */
  event: SeenEvent | EventId | null;
  /** For `steps`: engagement with the messages of this run. */
  runId: RunId | null;
}

/**
 * The facts that conditions, anchors and templates read (core/flows/run.ts), as they are now, in the order asked: one
 * statement for any number of requests. A tree whose entity is not there is null.
 *
 * contact: its fields and attributes; `email`, `phone`, …: its first address of each kind; `identities`: all of them by
 * kind. subject: the booking, or for other subjects their type and id. product: the booking's. steps: per step id
 * whether its message was sent, delivered, opened, clicked, replied.
 */
export async function loadFacts(tx: Tx, requests: readonly FactsRequest[]): Promise<Facts[]> {
  if (requests.length === 0) return [];
  const asked = requests.map((request, n) => ({
    n,
    org_id: request.orgId,
    contact_id: request.contactId,
    booking_id: bookingIdOf(request.subject),
    event_id: typeof request.event === 'string' ? request.event : null,
    run_id: request.runId,
  }));
  const { rows } = await sql<{ n: number; facts: Facts }>`
    select n, jsonb_build_object(
      'contact', (${contact}),
      'subject', to_jsonb(bookings) - 'org_id',
      'product', to_jsonb(products) - 'org_id',
      'event', (${event}),
      'steps', (${steps}),
      'organization', (${organization})
    ) as facts
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
      as asked (n int, org_id uuid, contact_id uuid, booking_id uuid, event_id uuid, run_id uuid)
    left join bookings on bookings.org_id = asked.org_id and bookings.id = asked.booking_id
    left join products on products.org_id = asked.org_id and products.id = bookings.product_id
    order by n`.execute(tx);
  return requests.map((request, n) => complete(rows[n]?.facts ?? {}, request));
}

const contact = sql`
  select coalesce((
      select jsonb_object_agg(kind, first) from (
        select kind, (array_agg(address order by created_at, id))[1] as first
        from identities where org_id = asked.org_id and contact_id = asked.contact_id group by kind
      ) firsts), '{}')
    || (to_jsonb(contacts) - '{org_id,merged_into}'::text[])
    || jsonb_build_object('identities', coalesce((
      select jsonb_object_agg(kind, addresses) from (
        select kind, jsonb_agg(address order by created_at, id) as addresses
        from identities where org_id = asked.org_id and contact_id = asked.contact_id group by kind
      ) kinds), '{}'))
  from contacts where org_id = asked.org_id and id = asked.contact_id`;

const event = sql`
  select jsonb_build_object('id', id, 'type', type, 'payload', payload, 'occurred_at', occurred_at)
  from events where org_id = asked.org_id and id = asked.event_id`;

const steps = sql`
  select coalesce(jsonb_object_agg(step_id, engagement), '{}') from (
    select step_id, jsonb_build_object(
      'sent', bool_or(sent_at is not null),
      'delivered', bool_or(delivered_at is not null),
      'opened', bool_or(opened_at is not null),
      'clicked', bool_or(clicked_at is not null),
      'replied', bool_or(exists (
        select from events where events.org_id = messages.org_id and events.subject_type = 'message'
          and events.subject_id = messages.id::text and events.type = 'message.replied'))
    ) as engagement
    from messages where org_id = asked.org_id and run_id = asked.run_id and step_id is not null
    group by step_id
  ) engagements`;

const organization = sql`
  select jsonb_build_object('id', org_id, 'name', name, 'time_zone', time_zone, 'locale', locale, 'country', country,
    'postal_address', postal_address, 'website', website)
  from organization_settings where org_id = asked.org_id`;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Callers may name any subject; only an id that can be one of ours is looked up. */
const bookingIdOf = (subject: Subject | null): string | null =>
  subject?.type === 'booking' && uuid.test(subject.id) ? subject.id : null;

function complete(facts: Facts, { subject, event }: FactsRequest): Facts {
  return {
    ...facts,
    subject: facts.subject ? { type: 'booking', ...facts.subject } : subject,
    event: event && typeof event === 'object' ? seen(event) : (facts.event ?? null),
  };
}

const seen = ({ id, type, payload, occurredAt }: SeenEvent) => ({
  id,
  type,
  payload,
  occurred_at: occurredAt.toISOString(),
});
