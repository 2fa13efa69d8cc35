import { enrollmentRoutes } from '@halyard/contracts/academy/routes';
import { alertRoutes } from '@halyard/contracts/alerts/routes';
import { bookingRoutes } from '@halyard/contracts/bookings/routes';
import { contactRoutes } from '@halyard/contracts/contacts/routes';
import { eventRoutes } from '@halyard/contracts/events/routes';
import type { InboundHookKind } from '@halyard/contracts/inbound-hooks/hook';
import { outreachRoutes } from '@halyard/contracts/outreach/routes';
import type { InputOf, OutputOf, Route } from '@halyard/contracts/route';
import type { Enrollments } from '@halyard/core/academy/enrollments';
import type { Actor } from '@halyard/core/actor';
import type { Failures } from '@halyard/core/alerts/failures';
import type { Bookings } from '@halyard/core/bookings/bookings';
import type { Contacts } from '@halyard/core/contacts/contacts';
import type { EventBatches } from '@halyard/core/events/event-batches';
import type { Events } from '@halyard/core/events/events';
import type { OrgId } from '@halyard/core/ids';
import type { Outreach } from '@halyard/core/outreach/outreach';
import { eventResult } from '../events/event-result.js';
import { outreachResult } from '../outreach/outreach-result.js';

/** The route of the API that takes such a body, and the use case behind it. */
export interface Taking<T extends Route = Route> {
  route: T;
  take(orgId: OrgId, body: InputOf<T>['body'], actor: Actor): Promise<OutputOf<T>>;
}

/** Which route takes what a hook of a kind is sent; batches are told by their shape. */
export type AcceptedKinds = Record<InboundHookKind, (body: unknown) => Taking>;

/** Holds the use case to the input and output of its route. */
export const taking = <T extends Route>(route: T, take: Taking<T>['take']): Taking =>
  ({ route, take }) as unknown as Taking;

interface UseCases {
  events: Events;
  batches: EventBatches;
  outreach: Outreach;
  bookings: Bookings;
  contacts: Contacts;
  failures: Failures;
  enrollments: Enrollments;
}

/** What is taken, by its kind. */
export function acceptedKinds(by: UseCases): AcceptedKinds {
  const { events, batches, outreach, bookings, contacts, failures, enrollments } = by;
  const event = taking(eventRoutes.record, async (orgId, body) => {
    const { id, contactId, duplicate } = await events.record(orgId, body);
    return { id, contact_id: contactId, duplicate };
  });
  const eventBatch = taking(eventRoutes.recordBatch, async (orgId, body) => {
    const receipts = await batches.record(orgId, body.events, { setAside: body.quarantine });
    return { results: receipts.map(eventResult) };
  });
  const item = taking(outreachRoutes.push, (orgId, body) => outreach.push(orgId, body));
  const itemBatch = taking(outreachRoutes.pushBatch, async (orgId, { items }) => ({
    results: (await outreach.pushBatch(orgId, items)).map(outreachResult),
  }));
  const booking = taking(bookingRoutes.create, (orgId, body, actor) => bookings.create(orgId, body, actor));
  const contact = taking(contactRoutes.upsert, (orgId, body, actor) => contacts.upsert(orgId, body, actor));
  const error = taking(alertRoutes.report, (orgId, body) => failures.report(orgId, body));
  const progress = taking(enrollmentRoutes.tell, (orgId, body, actor) =>
    enrollments.tell(orgId, body, actor),
  );
  return {
    events: (body) => (isListIn(body, 'events') ? eventBatch : event),
    outreach: (body) => (isListIn(body, 'items') ? itemBatch : item),
    bookings: () => booking,
    contacts: () => contact,
    errors: () => error,
    academy: () => progress,
  };
}

const isListIn = (body: unknown, name: string): boolean =>
  typeof body === 'object' && body !== null && Array.isArray((body as Record<string, unknown>)[name]);
