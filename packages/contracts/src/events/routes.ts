import { z } from 'zod';
import { IdParams, Instant, PageQuery, pageOf } from '../primitives.js';
import { route } from '../route.js';
import { Event, EventInput, EventReceipt, EventResult } from './event.js';

export const EventQuery = PageQuery.extend({
  type: z.string().max(100).optional(),
  contact_id: z.uuid().optional(),
  subject_type: z.string().max(50).optional(),
  subject_id: z.string().max(200).optional(),
  recorded_from: Instant.optional(),
  recorded_before: Instant.optional(),
});
export type EventQuery = z.output<typeof EventQuery>;

const tag = 'Events';
const readable = { role: 'viewer', scope: 'events:read' } as const;

export const eventRoutes = {
  record: route({
    id: 'recordEvent',
    method: 'POST',
    path: '/events',
    tag,
    summary: 'Record an event',
    description: 'Answers as soon as the event is stored; flows are decided right after.',
    access: { role: 'editor', scope: 'events:write' },
    body: EventInput,
    response: EventReceipt,
    status: 202,
    errors: ['idempotency_conflict'],
    idempotent: true,
    queues: true,
  }),
  recordBatch: route({
    id: 'recordEvents',
    method: 'POST',
    path: '/events/batch',
    tag,
    summary: 'Record up to 1,000 events',
    description:
      'Each event is accepted or rejected by itself; the results are in the order given. Order within a contact is kept. With `quarantine` a rejected one waits as a review item, as it came, until it is mended there or sent again.',
    access: { role: 'editor', scope: 'events:write' },
    // Parsed one by one, so that one broken event does not cost the others.
    body: z.strictObject({
      events: z.array(z.unknown()).min(1).max(1000),
      quarantine: z.boolean().default(false),
    }),
    response: z.object({ results: z.array(EventResult) }),
    idempotent: true,
    queues: true,
  }),
  list: route({
    id: 'listEvents',
    method: 'GET',
    path: '/events',
    tag,
    summary: 'List events, newest first',
    access: readable,
    query: EventQuery,
    response: pageOf(Event),
  }),
  timeline: route({
    id: 'readContactTimeline',
    method: 'GET',
    path: '/contacts/:id/events',
    tag,
    summary: "A contact's events, newest first",
    access: readable,
    params: IdParams,
    query: PageQuery,
    response: pageOf(Event),
  }),
};
