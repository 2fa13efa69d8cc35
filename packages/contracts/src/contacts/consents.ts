import { z } from 'zod';
import { Channel, Instant, PageQuery, pageOf } from '../primitives.js';
import { noContent, route } from '../route.js';

const ConsentState = z.enum(['granted', 'pending', 'withdrawn']);
const AnyChannel = z.union([Channel, z.literal('*')]);
const TopicKey = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'Use a key such as news or course-updates.');
const AnyTopic = z.union([TopicKey, z.literal('*')]);

/** What proves a consent: the words, where and when they were agreed to, and from which address. */
export const ConsentEvidence = z
  .strictObject({
    text: z.string().max(5_000).optional(),
    text_version: z.string().max(200).optional(),
    url: z.url().optional(),
    ip: z.union([z.ipv4(), z.ipv6()]).optional(),
    user_agent: z.string().max(500).optional(),
    requested_at: Instant.optional(),
    confirmed_at: Instant.optional(),
    message_id: z.uuid().optional(),
    note: z.string().max(1_000).optional(),
  })
  .meta({ id: 'ConsentEvidence' });

export const ConsentInput = z
  .strictObject({
    state: ConsentState,
    channel: AnyChannel.default('*'),
    topic: AnyTopic.default('*'),
    source: z.string().min(1).max(100).default('api'),
    evidence: ConsentEvidence.optional(),
    /** When the person said so; now when left out. */
    occurred_at: Instant.optional(),
  })
  .meta({ id: 'ConsentInput' });
export type ConsentInput = z.output<typeof ConsentInput>;

export const Consent = z
  .object({
    id: z.uuid(),
    contact_id: z.uuid(),
    channel: AnyChannel,
    topic: z.string(),
    state: ConsentState,
    source: z.string(),
    evidence: ConsentEvidence,
    occurred_at: Instant,
  })
  .meta({ id: 'Consent' });
export type Consent = z.output<typeof Consent>;

export const CurrentConsent = Consent.pick({
  channel: true,
  topic: true,
  state: true,
  source: true,
  occurred_at: true,
})
  .extend({ consent_id: z.uuid() })
  .meta({ id: 'CurrentConsent' });
export type CurrentConsent = z.output<typeof CurrentConsent>;

const Localized = z.record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/), z.string().max(500));

export const TopicInput = z
  .strictObject({ key: TopicKey, name: Localized, description: Localized.default({}) })
  .meta({ id: 'TopicInput' });
export type TopicInput = z.output<typeof TopicInput>;
export const TopicPatch = z
  .strictObject({ name: Localized.optional(), description: Localized.optional() })
  .meta({ id: 'TopicPatch' });
export type TopicPatch = z.output<typeof TopicPatch>;
export const Topic = z
  .object({ key: z.string(), name: Localized, description: Localized, created_at: Instant })
  .meta({ id: 'Topic' });
export type Topic = z.output<typeof Topic>;

const SuppressionReason = z.enum([
  'hard_bounce',
  'soft_bounces',
  'complaint',
  'unsubscribed',
  'stop',
  'manual',
  'invalid',
]);
const AddressOnChannel = { channel: Channel, address: z.string().trim().min(1).max(320) };
export const SuppressionInput = z
  .strictObject({ ...AddressOnChannel, reason: SuppressionReason.default('manual') })
  .meta({ id: 'SuppressionInput' });
export type SuppressionInput = z.output<typeof SuppressionInput>;
export const Suppression = z
  .object({
    channel: Channel,
    /** Null after the contact was erased: only a hash is left. */
    address: z.string().nullable(),
    reason: SuppressionReason,
    source: z.string(),
    created_at: Instant,
  })
  .meta({ id: 'Suppression' });
export type Suppression = z.output<typeof Suppression>;
export const SuppressionQuery = PageQuery.extend({
  channel: Channel.optional(),
  address: AddressOnChannel.address.optional(),
  reason: SuppressionReason.optional(),
});
export type SuppressionQuery = z.output<typeof SuppressionQuery>;

const tag = 'Consent';
const read = { role: 'viewer', scope: 'contacts:read' } as const;
const write = { role: 'editor', scope: 'contacts:write' } as const;
const TopicParams = z.object({ key: TopicKey });

export const topicRoutes = {
  list: route({
    id: 'listTopics',
    method: 'GET',
    path: '/topics',
    tag,
    summary: 'List topics that contacts can consent to',
    access: read,
    response: z.object({ items: z.array(Topic) }),
  }),
  create: route({
    id: 'createTopic',
    method: 'POST',
    path: '/topics',
    tag,
    summary: 'Create a topic',
    access: write,
    body: TopicInput,
    response: Topic,
    status: 201,
    errors: ['conflict'],
    idempotent: true,
  }),
  update: route({
    id: 'updateTopic',
    method: 'PATCH',
    path: '/topics/:key',
    tag,
    summary: 'Rename or describe a topic',
    access: write,
    params: TopicParams,
    body: TopicPatch,
    response: Topic,
  }),
  remove: route({
    id: 'removeTopic',
    method: 'DELETE',
    path: '/topics/:key',
    tag,
    summary: 'Remove a topic that no consent names',
    access: write,
    params: TopicParams,
    response: noContent,
    status: 204,
    errors: ['invalid_state'],
  }),
};

export const suppressionRoutes = {
  list: route({
    id: 'listSuppressions',
    method: 'GET',
    path: '/suppressions',
    tag,
    summary: 'List addresses that are not written to',
    access: read,
    query: SuppressionQuery,
    response: pageOf(Suppression),
  }),
  add: route({
    id: 'addSuppression',
    method: 'POST',
    path: '/suppressions',
    tag,
    summary: 'Write no more to an address',
    description: 'An address that is suppressed already keeps its first reason.',
    access: write,
    body: SuppressionInput,
    response: Suppression,
    status: 201,
    idempotent: true,
  }),
  remove: route({
    id: 'removeSuppression',
    method: 'DELETE',
    path: '/suppressions',
    tag,
    summary: 'Allow writing to an address again',
    description: 'Consent is not given back by this: what the contact withdrew stays withdrawn.',
    access: { role: 'admin', scope: 'contacts:write' },
    query: z.object(AddressOnChannel),
    response: noContent,
    status: 204,
  }),
};
