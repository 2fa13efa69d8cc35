import { z } from 'zod';
import { SandboxBehaviour } from '../connections/provider-settings.js';
import { Channel, IdParams, Instant, PageQuery, pageOf } from '../primitives.js';
import { noContent, route } from '../route.js';

const summary = {
  id: z.uuid(),
  connection_id: z.uuid(),
  message_id: z.uuid(),
  channel: Channel,
  recipient: z.string(),
  sender: z.string().nullable(),
  subject: z.string().nullable(),
  preview: z.string().describe('How its text begins.'),
  behaviour: SandboxBehaviour.describe('What the sandbox was told to do with it.'),
  tries: z.number().int().describe('How often the engine handed it over; the recipient sees it once.'),
  received_at: Instant,
};

export const SandboxMessage = z.object(summary).meta({ id: 'SandboxMessage' });
export type SandboxMessage = z.output<typeof SandboxMessage>;

export const SandboxMessageDetail = z
  .object({
    ...summary,
    payload: z.record(z.string(), z.json()).describe('As the provider got it, rendered.'),
  })
  .meta({ id: 'SandboxMessageDetail' });
export type SandboxMessageDetail = z.output<typeof SandboxMessageDetail>;

export const SandboxQuery = PageQuery.extend({
  channel: Channel.optional(),
  recipient: z.string().max(320).optional().describe('A part of the address.'),
  message_id: z.uuid().optional(),
});
export type SandboxQuery = z.output<typeof SandboxQuery>;

export const SandboxAction = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.literal('open') }),
    z.strictObject({ action: z.literal('click'), url: z.url().optional() }),
    z.strictObject({ action: z.literal('reply'), text: z.string().min(1).max(10_000) }),
    z.strictObject({ action: z.literal('bounce') }),
    z.strictObject({ action: z.literal('complain') }),
    z.strictObject({ action: z.literal('unsubscribe') }),
  ])
  .meta({
    id: 'SandboxAction',
    description: 'What the recipient does; reported as a provider would report it.',
  });
export type SandboxAction = z.output<typeof SandboxAction>;

const tag = 'Sandbox';

export const sandboxRoutes = {
  list: route({
    id: 'listSandboxInbox',
    method: 'GET',
    path: '/sandbox/inbox',
    tag,
    summary: 'List what would have arrived, newest first',
    access: { role: 'viewer', scope: 'messages:read' },
    query: SandboxQuery,
    response: pageOf(SandboxMessage),
  }),
  read: route({
    id: 'readSandboxMessage',
    method: 'GET',
    path: '/sandbox/inbox/:id',
    tag,
    summary: 'Read one message as its recipient would',
    access: { role: 'viewer', scope: 'messages:read' },
    params: IdParams,
    response: SandboxMessageDetail,
  }),
  clear: route({
    id: 'clearSandboxInbox',
    method: 'DELETE',
    path: '/sandbox/inbox',
    tag,
    summary: 'Empty the inbox',
    access: { role: 'editor', scope: 'messages:write' },
    response: noContent,
    status: 204,
  }),
  act: route({
    id: 'actInSandbox',
    method: 'POST',
    path: '/sandbox/inbox/:id/actions',
    tag,
    summary: 'Open, click, reply, bounce, complain or unsubscribe as the recipient',
    access: { role: 'editor', scope: 'messages:write' },
    params: IdParams,
    body: SandboxAction,
    response: noContent,
    status: 204,
  }),
};
