import { z } from 'zod';
import { Event } from '../events/event.js';
import { Channel, IdParams, Instant, MessageClass, PageQuery, pageOf } from '../primitives.js';
import { route } from '../route.js';
import {
  ListedMessage,
  Message,
  MessageDetail,
  MessageSource,
  MessageStatus,
  MessageStatusReport,
  SendInput,
} from './message.js';

export const MessageQuery = PageQuery.extend({
  contact_id: z.uuid().optional(),
  flow_id: z.uuid().optional(),
  booking_id: z.uuid().optional(),
  status: MessageStatus.optional(),
  channel: Channel.optional(),
  class: MessageClass.optional(),
  source: MessageSource.optional(),
  created_after: Instant.optional(),
  created_before: Instant.optional(),
  order: z
    .enum(['newest', 'due'])
    .default('newest')
    .describe('`due`: only what is scheduled, soonest first.'),
});
export type MessageQuery = z.output<typeof MessageQuery>;

const tag = 'Messages';
const reads = { role: 'viewer', scope: 'messages:read' } as const;
const writes = { role: 'editor', scope: 'messages:write' } as const;

export const messageRoutes = {
  send: route({
    id: 'sendMessage',
    method: 'POST',
    path: '/messages/send',
    tag,
    summary: 'Schedule a message, for now or later',
    description:
      'Idempotent by the header Idempotency-Key or by `id` in the body. The message is rechecked against every rule when it is released.',
    access: writes,
    body: SendInput,
    response: Message,
    status: 202,
    errors: ['not_found', 'conflict'],
    idempotent: true,
  }),
  list: route({
    id: 'listMessages',
    method: 'GET',
    path: '/messages',
    tag,
    summary: 'List messages, newest or soonest first',
    access: reads,
    query: MessageQuery,
    response: pageOf(ListedMessage),
  }),
  read: route({
    id: 'readMessage',
    method: 'GET',
    path: '/messages/:id',
    tag,
    summary: 'Read a message with its decisions, attempts, reports and what went out',
    access: reads,
    params: IdParams,
    response: MessageDetail,
  }),
  status: route({
    id: 'readMessageStatus',
    method: 'GET',
    path: '/messages/:id/status',
    tag,
    summary: 'Read where a message stands',
    access: reads,
    params: IdParams,
    response: MessageStatusReport,
  }),
  events: route({
    id: 'listMessageEvents',
    method: 'GET',
    path: '/messages/:id/events',
    tag,
    summary: 'What happened to a message: sent, delivered, opened, clicked …',
    access: reads,
    params: IdParams,
    response: z.object({ items: z.array(Event) }),
  }),
  cancel: route({
    id: 'cancelMessage',
    method: 'POST',
    path: '/messages/:id/cancel',
    tag,
    summary: 'Cancel a message that was not sent yet',
    access: writes,
    params: IdParams,
    response: Message,
    errors: ['invalid_state'],
  }),
  retry: route({
    id: 'retryMessage',
    method: 'POST',
    path: '/messages/:id/retry',
    tag,
    summary: 'Send a message that failed, expired or was cancelled after all',
    description:
      'A message whose outcome is unknown may have arrived: it is only sent again with `confirm: true`.',
    access: writes,
    params: IdParams,
    body: z.strictObject({ confirm: z.boolean().default(false) }),
    response: Message,
    errors: ['invalid_state'],
  }),
};
