import { z } from 'zod';
import { IdParams, Instant, PageQuery, pageOf } from '../primitives.js';
import { noContent, route } from '../route.js';
import { webhookEventTypes } from '../webhooks/events.js';

const EventTypes = z
  .array(z.union([z.enum(webhookEventTypes), z.literal('*')]))
  .min(1)
  .max(50);
const Url = z.url({ protocol: /^https?$/, error: 'Use an http or https URL.' }).max(2_000);

export const EndpointInput = z
  .strictObject({
    url: Url,
    description: z.string().max(500).nullable().optional(),
    /** Types as GET /webhook-events lists them; '*' for all. */
    event_types: EventTypes.default(['*']),
  })
  .meta({ id: 'EndpointInput' });
export type EndpointInput = z.output<typeof EndpointInput>;
export const EndpointPatch = z
  .strictObject({
    url: Url.optional(),
    description: z.string().max(500).nullable().optional(),
    event_types: EventTypes.optional(),
  })
  .meta({ id: 'EndpointPatch' });
export type EndpointPatch = z.output<typeof EndpointPatch>;

export const Endpoint = z
  .object({
    id: z.uuid(),
    url: z.string(),
    description: z.string().nullable(),
    event_types: z.array(z.string()),
    status: z.enum(['active', 'disabled']),
    disabled_reason: z.string().nullable(),
    disabled_at: Instant.nullable(),
    /** Since when every try has failed; null while it works. */
    failing_since: Instant.nullable(),
    created_at: Instant,
    updated_at: Instant,
  })
  .meta({ id: 'Endpoint' });
export type Endpoint = z.output<typeof Endpoint>;

/** Shown once: verify signatures with it (Standard Webhooks). */
const Secret = z.string().meta({ examples: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'] });
export const EndpointWithSecret = Endpoint.extend({ secret: Secret }).meta({ id: 'EndpointWithSecret' });
export type EndpointWithSecret = z.output<typeof EndpointWithSecret>;

export const Delivery = z
  .object({
    id: z.uuid(),
    /** The header webhook-id: the same for every try, and for every endpoint. */
    webhook_id: z.uuid(),
    endpoint_id: z.uuid(),
    type: z.string(),
    status: z.enum(['pending', 'delivered', 'failed', 'cancelled']),
    tries: z.number().int(),
    /** When it is tried next; null when it is not. */
    due_at: Instant.nullable(),
    last_status: z.number().int().nullable(),
    last_error: z.string().nullable(),
    created_at: Instant,
    finished_at: Instant.nullable(),
  })
  .meta({ id: 'Delivery' });
export type Delivery = z.output<typeof Delivery>;

export const DeliveryWithBody = Delivery.extend({
  body: z.object({ type: z.string(), timestamp: Instant, data: z.unknown() }),
}).meta({ id: 'DeliveryWithBody' });
export type DeliveryWithBody = z.output<typeof DeliveryWithBody>;

export const DeliveryQuery = PageQuery.extend({ status: Delivery.shape.status.optional() });
export type DeliveryQuery = z.output<typeof DeliveryQuery>;

const tag = 'Webhooks';
const read = { role: 'editor', scope: 'webhooks:read' } as const;
const write = { role: 'admin', scope: 'webhooks:write' } as const;

export const endpointRoutes = {
  list: route({
    id: 'listEndpoints',
    method: 'GET',
    path: '/endpoints',
    tag,
    summary: 'List endpoints',
    access: read,
    query: PageQuery,
    response: pageOf(Endpoint),
  }),
  create: route({
    id: 'createEndpoint',
    method: 'POST',
    path: '/endpoints',
    tag,
    summary: 'Tell a URL of what happens',
    description:
      'Requests are signed by Standard Webhooks with the secret in the answer, which is shown only here. An endpoint answers 2xx within 15 seconds; anything else is tried again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h. It is disabled when it answers 410, or has failed for five days.',
    access: write,
    body: EndpointInput,
    response: EndpointWithSecret,
    status: 201,
    errors: ['unsafe_url'],
  }),
  read: route({
    id: 'readEndpoint',
    method: 'GET',
    path: '/endpoints/:id',
    tag,
    summary: 'Read an endpoint',
    access: read,
    params: IdParams,
    response: Endpoint,
  }),
  update: route({
    id: 'updateEndpoint',
    method: 'PATCH',
    path: '/endpoints/:id',
    tag,
    summary: 'Change an endpoint',
    access: write,
    params: IdParams,
    body: EndpointPatch,
    response: Endpoint,
    errors: ['unsafe_url'],
  }),
  remove: route({
    id: 'removeEndpoint',
    method: 'DELETE',
    path: '/endpoints/:id',
    tag,
    summary: 'Remove an endpoint and its deliveries',
    access: write,
    params: IdParams,
    response: noContent,
    status: 204,
  }),
  rotate: route({
    id: 'rotateEndpointSecret',
    method: 'POST',
    path: '/endpoints/:id/rotate',
    tag,
    summary: 'Make a new secret',
    description: 'The old secret signs too for 24 hours, so that receivers can change over without a gap.',
    access: write,
    params: IdParams,
    response: EndpointWithSecret,
  }),
  enable: route({
    id: 'enableEndpoint',
    method: 'POST',
    path: '/endpoints/:id/enable',
    tag,
    summary: 'Enable an endpoint again',
    description: 'What was waiting when it was disabled is tried at once.',
    access: write,
    params: IdParams,
    response: Endpoint,
  }),
  disable: route({
    id: 'disableEndpoint',
    method: 'POST',
    path: '/endpoints/:id/disable',
    tag,
    summary: 'Disable an endpoint',
    description: 'What is waiting stays waiting; what happens meanwhile is not collected for it.',
    access: write,
    params: IdParams,
    response: Endpoint,
  }),
  test: route({
    id: 'testEndpoint',
    method: 'POST',
    path: '/endpoints/:id/test',
    tag,
    summary: 'Send a test event',
    description: 'Sends endpoint.test to this endpoint; the delivery in the answer can be read again.',
    access: write,
    params: IdParams,
    response: Delivery,
    status: 202,
    errors: ['invalid_state'],
  }),
};

export const deliveryRoutes = {
  list: route({
    id: 'listDeliveries',
    method: 'GET',
    path: '/endpoints/:id/deliveries',
    tag,
    summary: 'What an endpoint was told',
    access: read,
    params: IdParams,
    query: DeliveryQuery,
    response: pageOf(Delivery),
  }),
  read: route({
    id: 'readDelivery',
    method: 'GET',
    path: '/deliveries/:id',
    tag,
    summary: 'Read a delivery with its body',
    access: read,
    params: IdParams,
    response: DeliveryWithBody,
  }),
  replay: route({
    id: 'replayDelivery',
    method: 'POST',
    path: '/deliveries/:id/replay',
    tag,
    summary: 'Deliver again',
    description: 'With the same webhook-id and body, from the first try on.',
    access: write,
    params: IdParams,
    response: Delivery,
    status: 202,
  }),
  replaySince: route({
    id: 'replayDeliveries',
    method: 'POST',
    path: '/endpoints/:id/replay',
    tag,
    summary: 'Deliver everything since a time again',
    description: 'Also what other endpoints were told in that time and this one wants now.',
    access: write,
    params: IdParams,
    body: z.strictObject({ since: Instant, failed_only: z.boolean().default(false) }),
    response: z.object({ replayed: z.number().int() }),
    status: 202,
  }),
  types: route({
    id: 'listWebhookEvents',
    method: 'GET',
    path: '/webhook-events',
    tag,
    summary: 'Types of events, with the schema of their data and an example',
    access: 'public',
    response: z.object({
      items: z.array(
        z.object({ type: z.string(), summary: z.string(), schema: z.json(), example: z.json() }),
      ),
    }),
  }),
};
