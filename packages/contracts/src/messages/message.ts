import { z } from 'zod';
import { contactReference, NamedContact } from '../contacts/reference.js';
import { Attributes, Channel, Instant, MessageClass } from '../primitives.js';

export const MessageStatus = z.enum([
  'scheduled',
  'sending',
  'sent',
  'delivered',
  'bounced',
  'failed',
  'unknown',
  'dead',
  'skipped',
  'cancelled',
  'expired',
]);
export const MessageSource = z.enum(['flow', 'api', 'outreach', 'campaign', 'test', 'system', 'permit']);

const Key = z.string().min(1).max(100);

/**
 * A message to send. Whom to: `contact_id`, `contact` (whoever has this external id or address; with `create_contact` they
 * are made), or `to`, an address per channel of somebody who is no contact. What: `template` or `content`.
 */
export const SendInput = z
  .strictObject({
    /** Your own id: sending it again answers the same message; with another body it is a conflict. */
    id: z.string().min(1).max(200).optional(),
    ...contactReference,
    create_contact: z.boolean().default(false),
    to: z.partialRecord(Channel, z.string().min(1).max(320)).optional(),
    name: z.string().max(200).optional(),
    /** In the order they are tried. */
    channels: z.array(Channel).min(1).max(Channel.options.length),
    /** A key for all channels, a key per channel, or one template by its id. */
    template: z
      .union([
        Key,
        z.partialRecord(Channel, Key),
        z.strictObject({ id: z.uuid(), version: z.number().int().min(1).optional() }),
      ])
      .optional(),
    /** Text or simple HTML with Liquid. */
    content: z
      .strictObject({ subject: z.string().max(300).optional(), body: z.string().min(1).max(50_000) })
      .optional(),
    variables: Attributes.default({}),
    /** `marketing` obeys opt-outs, quiet hours and caps; `service` quiet hours; `transactional` goes at once. */
    class: MessageClass.default('marketing'),
    topic: z.string().min(1).max(100).default('*'),
    /** Its booking fills eventName, eventDate … */
    booking_id: z.uuid().optional(),
    send_at: Instant.optional(),
    expires_at: Instant.optional(),
  })
  .refine(
    ({ contact_id, contact, to }) =>
      [contact_id, contact, to].filter((one) => one !== undefined).length === 1,
    { error: 'Say whom to write to: one of contact_id, contact, to.', path: ['contact_id'] },
  )
  .refine(({ template, content }) => (template === undefined) !== (content === undefined), {
    error: 'Say what to write: either template or content.',
    path: ['template'],
  })
  // PostgreSQL cannot store U+0000 in text.
  .refine((input) => !JSON.stringify(input).includes('\\u0000'), 'Text may not hold the character U+0000.')
  .meta({ id: 'SendInput' });
export type SendInput = z.output<typeof SendInput>;

export const Message = z
  .object({
    id: z.uuid(),
    contact_id: z.uuid().nullable(),
    source: MessageSource,
    class: MessageClass,
    topic: z.string(),
    channels: z.array(Channel),
    /** The channel and address that it went out on. */
    channel: Channel.nullable(),
    address: z.string().nullable(),
    template: z.json().nullable(),
    flow_id: z.uuid().nullable(),
    run_id: z.uuid().nullable(),
    step_id: z.string().nullable(),
    subject: z.object({ type: z.string(), id: z.string() }).nullable(),
    status: MessageStatus,
    /** Why it was put off, skipped, cancelled or failed. */
    reason: z.string().nullable(),
    tries: z.number().int(),
    planned_at: Instant,
    due_at: Instant,
    expires_at: Instant.nullable(),
    sent_at: Instant.nullable(),
    delivered_at: Instant.nullable(),
    opened_at: Instant.nullable(),
    clicked_at: Instant.nullable(),
    created_at: Instant,
    updated_at: Instant,
  })
  .meta({ id: 'Message' });
export type Message = z.output<typeof Message>;

/** With whom it is for, as far as is still known. */
export const ListedMessage = Message.extend({
  /** Null for an address that is no contact's, and when the contact was erased. */
  contact: NamedContact.nullable(),
}).meta({ id: 'ListedMessage' });
export type ListedMessage = z.output<typeof ListedMessage>;

/** One call to a provider. `outcome` null: under way. */
export const Attempt = z
  .object({
    id: z.uuid(),
    n: z.number().int(),
    channel: Channel,
    connection_id: z.uuid(),
    provider: z.string(),
    started_at: Instant,
    finished_at: Instant.nullable(),
    outcome: z.enum(['accepted', 'rejected', 'throttled', 'failed_before_send', 'unknown']).nullable(),
    provider_message_id: z.string().nullable(),
    code: z.string().nullable(),
    detail: z.string().nullable(),
  })
  .meta({ id: 'Attempt' });
export type Attempt = z.output<typeof Attempt>;

export const MessageStatusReport = Message.pick({
  id: true,
  status: true,
  reason: true,
  channel: true,
  planned_at: true,
  due_at: true,
  sent_at: true,
  delivered_at: true,
  opened_at: true,
  clicked_at: true,
  updated_at: true,
})
  .extend({ attempts: z.array(Attempt) })
  .meta({ id: 'MessageStatusReport' });
export type MessageStatusReport = z.output<typeof MessageStatusReport>;

/** One recorded verdict with the facts it rests on. `event_id`: the event that it followed from, if it did. */
const Decision = z
  .object({
    rule: z.string(),
    verdict: z.string(),
    facts: z.record(z.string(), z.json()),
    at: Instant,
    event_id: z.uuid().nullable(),
  })
  .meta({ id: 'Decision' });

const ProviderReport = z
  .object({ type: z.string(), received_at: Instant, payload: z.json() })
  .meta({ id: 'ProviderReport' });

/** Everything there is about a message: why it was or was not sent, and what exactly went out. */
export const MessageDetail = ListedMessage.extend({
  content: z.json().nullable(),
  variables: z.record(z.string(), z.json()),
  attempts: z.array(Attempt),
  decisions: z.array(Decision),
  reports: z.array(ProviderReport),
  /** As handed to the provider; null until it was. */
  payload: z.json().nullable(),
}).meta({ id: 'MessageDetail' });
export type MessageDetail = z.output<typeof MessageDetail>;
