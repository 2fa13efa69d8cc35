import { z } from 'zod';
import { Channel, IdParams, Instant, PageQuery, pageOf } from '../primitives.js';
import { noContent, route } from '../route.js';
import { ProviderName, providerSettings } from './provider-settings.js';

const Price = z
  .strictObject({
    amount: z.number().min(0),
    currency: z.string().regex(/^[A-Z]{3}$/, 'Use a currency code, such as EUR.'),
    per: z.enum(['message', 'segment']).default('message'),
  })
  .meta({ id: 'Price', description: 'What one message, or one SMS segment, costs.' });

const common = {
  name: z.string().min(1).max(200),
  priority: z
    .number()
    .int()
    .min(0)
    .max(10_000)
    .describe('Of several connections for a channel, the lowest is tried first.'),
  rate_per_second: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .nullable()
    .describe('Messages a second at most; null for no limit.'),
  price: Price.nullable(),
};

const skipTest = z
  .boolean()
  .default(false)
  .describe(
    'Saves it although the provider refuses it, or without asking. The failure is shown as `test_error`.',
  );

const inputOf = <Name extends ProviderName>(provider: Name) =>
  z.strictObject({
    provider: z.literal(provider),
    name: common.name,
    channels: z
      .array(z.enum(providerSettings[provider].channels))
      .min(1)
      .optional()
      .describe('All that it can send with these settings, when left out.'),
    settings: providerSettings[provider].settings,
    secrets: providerSettings[provider].secrets,
    priority: common.priority.default(100),
    rate_per_second: common.rate_per_second.default(null),
    price: common.price.default(null),
    skip_test: skipTest,
  });

export const ConnectionInput = z
  .discriminatedUnion('provider', [
    inputOf('smtp'),
    inputOf('resend'),
    inputOf('infobip_sms'),
    inputOf('infobip_whatsapp'),
    inputOf('slack_webhook'),
    inputOf('slack_bot'),
    inputOf('discord_webhook'),
    inputOf('telegram_bot'),
    inputOf('sandbox'),
    inputOf('n8n'),
  ])
  .meta({ id: 'ConnectionInput' });
export type ConnectionInput = z.output<typeof ConnectionInput>;

export const ConnectionPatch = z
  .strictObject({
    name: common.name.optional(),
    channels: z.array(Channel).min(1).optional(),
    settings: z
      .record(z.string(), z.json())
      .optional()
      .describe('Only what changes; null takes a setting back to its default.'),
    secrets: z
      .record(z.string(), z.string().nullable())
      .optional()
      .describe('Only what changes; null removes a secret. What is not named stays as it is.'),
    priority: common.priority.optional(),
    rate_per_second: common.rate_per_second.optional(),
    price: common.price.optional(),
    skip_test: skipTest,
    unchanged_since: Instant.optional().describe(
      'The `updated_at` that the change rests on: refused with 409 when the connection was changed since.',
    ),
  })
  .meta({ id: 'ConnectionPatch' });
export type ConnectionPatch = z.output<typeof ConnectionPatch>;

export const Connection = z
  .object({
    id: z.uuid(),
    name: z.string(),
    provider: ProviderName,
    channels: z.array(Channel),
    settings: z.record(z.string(), z.json()),
    secrets_set: z.array(z.string()).describe('Which secrets are set. Their values are never shown.'),
    priority: z.number().int(),
    rate_per_second: z.number().int().nullable(),
    price: Price.nullable(),
    status: z.enum(['active', 'paused']),
    breaker: z
      .object({
        state: z.enum(['closed', 'open', 'half_open']),
        failures: z.number().int(),
        retry_at: Instant.nullable(),
        reason: z
          .string()
          .nullable()
          .describe('Of the last failure; of a paused connection, why it was paused.'),
      })
      .describe('Open: the provider failed several times in a row and is left alone until retry_at.'),
    webhook_url: z
      .url()
      .nullable()
      .describe('Where the provider reports to. Only shown to who may change the connection.'),
    tested_at: Instant.nullable(),
    test_error: z.string().nullable(),
    created_at: Instant,
    updated_at: Instant,
  })
  .meta({ id: 'Connection' });
export type Connection = z.output<typeof Connection>;

export const ConnectionTest = z
  .object({ ok: z.boolean(), reason: z.string().nullable(), tested_at: Instant })
  .meta({ id: 'ConnectionTest' });
export type ConnectionTest = z.output<typeof ConnectionTest>;

export const SenderDomainCheck = z
  .object({
    name: z.enum(['spf', 'dkim', 'dmarc']),
    verdict: z.enum(['good', 'weak', 'bad', 'unknown']),
    finding: z
      .enum([
        'good',
        'no_answer',
        'missing',
        'several',
        'allows_everyone',
        'forbids_nobody',
        'not_aligned',
        'not_signed',
        'withdrawn',
        'another_key',
        'only_watches',
        'no_policy',
      ])
      .describe('What `what_to_do` is about, for programs.'),
    host: z.string().nullable().describe('Where the TXT record belongs; null when none is wanted.'),
    expected: z
      .string()
      .nullable()
      .describe('What to publish there, as far as Halyard knows it; for SPF and DMARC a beginning.'),
    found: z.string().nullable().describe('The DNS record that was found.'),
    what_to_do: z.string().nullable(),
  })
  .meta({ id: 'SenderDomainCheck' });
export type SenderDomainCheck = z.output<typeof SenderDomainCheck>;

export const SenderDomain = z
  .object({
    domain: z.string(),
    ready: z.boolean().describe('Good enough for large mailbox providers: nothing is bad or unknown.'),
    checks: z.array(SenderDomainCheck),
  })
  .meta({ id: 'SenderDomain' });
export type SenderDomain = z.output<typeof SenderDomain>;

const tag = 'Connections';
const read = { role: 'viewer', scope: 'connections:read' } as const;
const write = { role: 'admin', scope: 'connections:write' } as const;

export const connectionRoutes = {
  list: route({
    id: 'listConnections',
    method: 'GET',
    path: '/connections',
    tag,
    summary: 'List connections to providers',
    access: read,
    query: PageQuery,
    response: pageOf(Connection),
  }),
  create: route({
    id: 'createConnection',
    method: 'POST',
    path: '/connections',
    tag,
    summary: 'Connect a provider',
    description: 'Credentials are tested first. Secrets are encrypted and never shown again.',
    access: write,
    body: ConnectionInput,
    response: Connection,
    status: 201,
    errors: ['conflict', 'connection_failed'],
  }),
  read: route({
    id: 'readConnection',
    method: 'GET',
    path: '/connections/:id',
    tag,
    summary: 'Read a connection and the state of its breaker',
    access: read,
    params: IdParams,
    response: Connection,
  }),
  update: route({
    id: 'updateConnection',
    method: 'PATCH',
    path: '/connections/:id',
    tag,
    summary: 'Change a connection',
    description: 'Changed settings or secrets are tested first.',
    access: write,
    params: IdParams,
    body: ConnectionPatch,
    response: Connection,
    errors: ['conflict', 'connection_failed'],
  }),
  remove: route({
    id: 'removeConnection',
    method: 'DELETE',
    path: '/connections/:id',
    tag,
    summary: 'Remove a connection',
    access: write,
    params: IdParams,
    response: noContent,
    status: 204,
  }),
  test: route({
    id: 'testConnection',
    method: 'POST',
    path: '/connections/:id/test',
    tag,
    summary: 'Try the credentials without sending anything to a contact',
    access: write,
    params: IdParams,
    response: ConnectionTest,
  }),
  pause: route({
    id: 'pauseConnection',
    method: 'POST',
    path: '/connections/:id/pause',
    tag,
    summary: 'Send nothing over a connection until it is resumed',
    access: write,
    params: IdParams,
    response: Connection,
  }),
  resume: route({
    id: 'resumeConnection',
    method: 'POST',
    path: '/connections/:id/resume',
    tag,
    summary: 'Send over a connection again, with its breaker closed',
    access: write,
    params: IdParams,
    response: Connection,
  }),
  domain: route({
    id: 'checkSenderDomain',
    method: 'GET',
    path: '/connections/:id/domain',
    tag,
    summary: 'Check SPF, DKIM and DMARC of the domain that an email connection sends from',
    access: read,
    params: IdParams,
    response: SenderDomain,
    errors: ['invalid_state'],
  }),
};
