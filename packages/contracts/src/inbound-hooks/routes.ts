import { z } from 'zod';
import { IdParams, PageQuery, pageOf } from '../primitives.js';
import { noContent, route } from '../route.js';
import { InboundHook, InboundHookInput, InboundHookPatch, InboundHookWithSecrets } from './hook.js';

const tag = 'Inbound hooks';
const reads = { role: 'admin', scope: 'webhooks:read' } as const;
const writes = { role: 'admin', scope: 'webhooks:write' } as const;

export const inboundHookRoutes = {
  list: route({
    id: 'listInboundHooks',
    method: 'GET',
    path: '/inbound-hooks',
    tag,
    summary: 'List the addresses where other systems push to',
    access: reads,
    query: PageQuery,
    response: pageOf(InboundHook),
  }),
  create: route({
    id: 'createInboundHook',
    method: 'POST',
    path: '/inbound-hooks',
    tag,
    summary: 'Make an address where another system pushes to',
    description: 'Secrets are shown in this answer, and never again.',
    access: writes,
    body: InboundHookInput,
    response: InboundHookWithSecrets,
    status: 201,
    errors: ['conflict'],
  }),
  read: route({
    id: 'readInboundHook',
    method: 'GET',
    path: '/inbound-hooks/:id',
    tag,
    summary: 'Read an inbound hook, and why it last refused a request',
    access: reads,
    params: IdParams,
    response: InboundHook,
  }),
  update: route({
    id: 'updateInboundHook',
    method: 'PATCH',
    path: '/inbound-hooks/:id',
    tag,
    summary: 'Change the name of an inbound hook or whom it believes, pause it or take it up again',
    description:
      'What is newly asked for gets a secret, which is shown in this answer, and never again; what is no longer asked for is forgotten. A change holds at once.',
    access: writes,
    params: IdParams,
    body: InboundHookPatch,
    response: InboundHookWithSecrets,
    errors: ['conflict', 'invalid_state'],
  }),
  remove: route({
    id: 'removeInboundHook',
    method: 'DELETE',
    path: '/inbound-hooks/:id',
    tag,
    summary: 'Remove an inbound hook',
    access: writes,
    params: IdParams,
    response: noContent,
    status: 204,
  }),
  rotate: route({
    id: 'rotateInboundHook',
    method: 'POST',
    path: '/inbound-hooks/:id/rotate',
    tag,
    summary: 'Give an inbound hook new secrets; the old ones hold for another 24 hours',
    access: writes,
    params: IdParams,
    response: InboundHookWithSecrets,
    errors: ['invalid_state'],
  }),
  receive: route({
    id: 'receiveInboundHook',
    method: 'POST',
    path: '/hooks/in/:token',
    tag,
    summary: 'Push what the hook is for',
    description:
      'The body and the answer are those of the route that takes the same: events POST /events (or its batch), outreach POST /outreach (or its batch), bookings POST /bookings, contacts PUT /contacts, academy POST /academy/progress, errors POST /alerts/errors. A repeated webhook-id is answered as the first time.',
    access: 'public',
    requestType: 'raw',
    params: z.object({ token: z.string().regex(/^[A-Za-z0-9_-]{20,100}$/) }),
    response: z.unknown(),
    errors: [
      'invalid_signature',
      'unsupported_media_type',
      'payload_too_large',
      'idempotency_conflict',
      'idempotency_in_progress',
    ],
  }),
};
