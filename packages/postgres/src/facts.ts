import type { Subject } from '@halyard/core/events/event';
import type { Facts, SeenEvent } from '@halyard/core/flows/run';
import type { ContactId, EventId, OrgId, RunId } from '@halyard/core/ids';
import { sql } from 'kysely';
import { loadEnrollmentFacts } from './academy/load-enrollment-facts.js';
import type { Tx } from './database.js';
import { isUuid } from './uuid.js';

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
 * The facts that conditions, anchors and templates read (core/flows/run.ts), as they are now, in the order asked: two
 * statements for any number of requests, and two more when some are about enrollments. A tree whose entity is not there
 * is null.
 *
 * contact: its fields and attributes; `email`, `phone`, …: its first address of each kind; `identities`: all of them by
 * kind. subject: the booking, the enrollment with its course, or for other subjects their type and id. product: the
 * booking's. steps: per step id whether its message was sent, delivered, opened, clicked, replied; what came of the
 * workflow that it called.
 */
export async function loadFacts(tx: Tx, requests: readonly FactsRequest[]): Promise<Facts[]> {
  if (requests.length === 0) return [];
  const organizations = await loadOrganizations(tx, [...new Set(requests.map(({ orgId }) => orgId))]);
  const { rows } = await sql<FactsRow>`
    select to_json(contacts) as contact, (${identities}) as identities, to_json(bookings) as subject,
      to_json(products) as product, case when asked.event_id is not null then (${event}) end as event,
      case when asked.run_id is not null then (${steps}) end as steps,
      case when asked.run_id is not null then (${calls}) end as calls
    from unnest(${requests.map(({ orgId }) => orgId)}::uuid[], ${requests.map(({ contactId }) => contactId)}::uuid[],
      ${requests.map(({ subject }) => bookingIdOf(subject))}::uuid[],
      ${requests.map(({ event }) => (typeof event === 'string' ? event : null))}::uuid[],
      ${requests.map(({ runId }) => runId)}::uuid[])
      with ordinality as asked (org_id, contact_id, booking_id, event_id, run_id, n)
    left join contacts on contacts.org_id = asked.org_id and contacts.id = asked.contact_id
    left join bookings on bookings.org_id = asked.org_id and bookings.id = asked.booking_id
    left join products on products.org_id = asked.org_id and products.id = bookings.product_id
    order by n`.execute(tx);
  const enrollments = await loadEnrollmentFacts(tx, requests);
  return requests.map((request, n) =>
    complete(rows[n], request, {
      organization: organizations.get(request.orgId) ?? null,
      enrollment:
        request.subject?.type === 'enrollment'
          ? enrollments.get(`${request.orgId}/${request.subject.id}`)
          : undefined,
    }),
  );
}

interface FactsRow {
  contact: Record<string, unknown> | null;
  identities: [kind: string, address: string][] | null;
  subject: Record<string, unknown> | null;
  product: Record<string, unknown> | null;
  event: Record<string, unknown> | null;
  steps: Record<string, unknown> | null;
  calls: Record<string, unknown> | null;
}

const identities = sql`
  select json_agg(json_build_array(kind, address) order by created_at, id)
  from identities where org_id = asked.org_id and contact_id = asked.contact_id`;

const event = sql`
  select json_build_object('id', id, 'type', type, 'payload', payload, 'occurred_at', occurred_at)
  from events where org_id = asked.org_id and id = asked.event_id`;

const steps = sql`
  select json_object_agg(step_id, engagement) from (
    select step_id, json_build_object(
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

/** What came of the workflows that steps called, of the last visit that came to something; a late answer is no fact. */
const calls = sql`
  select json_object_agg(step_id, came) from (
    select distinct on (step_id) step_id, json_build_object(
      'outcome', status,
      'answer', case when status = 'answered' then answer end,
      'error', case when status = 'failed' then last_error end,
      'occurrence', occurrence
    ) as came
    from workflow_calls where org_id = asked.org_id and run_id = asked.run_id
      and status in ('answered', 'failed', 'timed_out')
    order by step_id, occurrence desc
  ) ended`;

/** The same for all requests of an organization, so it is read once for them. */
async function loadOrganizations(tx: Tx, orgIds: readonly OrgId[]): Promise<Map<OrgId, unknown>> {
  const { rows } = await sql<{ id: OrgId }>`
    select org_id as id, name, time_zone, locale, country, postal_address, website
    from organization_settings where org_id = any (${orgIds}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
}

const bookingIdOf = (subject: Subject | null): string | null =>
  subject?.type === 'booking' && isUuid(subject.id) ? subject.id : null;

function complete(
  row: FactsRow | undefined,
  { subject, event }: FactsRequest,
  { organization, enrollment }: { organization: unknown; enrollment: Record<string, unknown> | undefined },
): Facts {
  return {
    contact: row?.contact ? withAddresses(row.contact, row.identities ?? []) : null,
    subject: row?.subject ? { type: 'booking', ...without(row.subject, 'org_id') } : (enrollment ?? subject),
    product: row?.product ? without(row.product, 'org_id') : null,
    event: event && typeof event === 'object' ? seen(event) : (row?.event ?? null),
    steps: { ...row?.steps, ...row?.calls },
    organization,
  };
}

function withAddresses(contact: Record<string, unknown>, addresses: NonNullable<FactsRow['identities']>) {
  const first: Record<string, string> = {};
  const identities: Record<string, string[]> = {};
  for (const [kind, address] of addresses) {
    first[kind] ??= address;
    identities[kind] = [...(identities[kind] ?? []), address];
  }
  return {
    ...first,
    ...without(contact, 'org_id', 'merged_into', 'last_name_key', 'full_name_key'),
    identities,
  };
}

function without(row: Record<string, unknown>, ...names: string[]): Record<string, unknown> {
  for (const name of names) delete row[name];
  return row;
}

const seen = ({ id, type, payload, occurredAt }: SeenEvent) => ({
  id,
  type,
  payload,
  occurred_at: occurredAt.toISOString(),
});
