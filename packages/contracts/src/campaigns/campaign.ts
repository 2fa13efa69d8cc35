import { z } from 'zod';
import { Condition } from '../conditions.js';
import { NamedContact } from '../contacts/reference.js';
import { Attributes, Channel, Instant, LocalTime, Period, Weekday } from '../primitives.js';

const TemplateKey = z.string().min(1).max(100);

/**
 * Whom a campaign is for: a condition over `contact.…`, `organization.…` and `contact.consents.<channel>.<topic>`
 * (granted, pending, withdrawn; topic `all` for what was said of every topic). `{"all": []}` is everybody.
 */
export const Audience = Condition;

/** One message to an audience. Of a template named by its key, the version that is current at each start is sent. */
export const CampaignInput = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    audience: Audience,
    /** In the order they are tried. */
    channels: z.array(Channel).min(1).max(Channel.options.length),
    /** A key for all channels, a key per channel, or one template by its id. */
    template: z.union([
      TemplateKey,
      z.partialRecord(Channel, TemplateKey),
      z.strictObject({ id: z.uuid(), version: z.number().int().min(1).optional() }),
    ]),
    /** A blast is never transactional: that lane is for messages that somebody waits for. */
    class: z.enum(['marketing', 'service']).default('marketing'),
    topic: z.string().min(1).max(100).default('*'),
    variables: Attributes.default({}),
    /** How late a message may go out; the organization’s rule when left out. */
    expires_after: Period.optional(),
  })
  // PostgreSQL cannot store U+0000 in text.
  .refine((input) => !JSON.stringify(input).includes('\\u0000'), 'Text may not hold the character U+0000.')
  .meta({ id: 'CampaignInput' });
export type CampaignInput = z.output<typeof CampaignInput>;

/** When it starts by itself: once, or again and again at a local time of the organization’s zone. */
export const CampaignSchedule = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('once'), at: Instant }),
    z.strictObject({
      type: z.literal('recurring'),
      time: LocalTime,
      /** Every day when left out. */
      weekdays: z.array(Weekday).min(1).optional(),
      /** No start after this. */
      until: Instant.optional(),
    }),
  ])
  .meta({ id: 'CampaignSchedule' });
export type CampaignSchedule = z.output<typeof CampaignSchedule>;

/**
 * draft → scheduled ⇄ running → completed; scheduled and running ⇄ paused; any of these → cancelled. A recurring campaign
 * is scheduled again when an occurrence is completed, until its last.
 */
export const CampaignStatus = z.enum(['draft', 'scheduled', 'running', 'paused', 'completed', 'cancelled']);
export type CampaignStatus = z.output<typeof CampaignStatus>;

/** One start. walking: the audience is gone through; sending: every recipient is known; completed: counts reconcile. */
export const Occurrence = z
  .object({
    n: z.number().int(),
    status: z.enum(['walking', 'sending', 'completed', 'cancelled']),
    /** So far, while the audience is gone through. */
    recipients: z.number().int(),
    /** Recipients whose message has not come to an end. */
    open: z.number().int(),
    /** 0 to 1. */
    progress: z.number(),
    started_at: Instant,
    finished_at: Instant.nullable(),
  })
  .meta({ id: 'Occurrence' });
export type Occurrence = z.output<typeof Occurrence>;

export const Campaign = z
  .object({
    id: z.uuid(),
    ...CampaignInput.shape,
    expires_after: CampaignInput.shape.expires_after.unwrap().nullable(),
    status: CampaignStatus,
    schedule: CampaignSchedule.nullable(),
    next_start_at: Instant.nullable(),
    /** The latest start; null before the first. */
    occurrence: Occurrence.nullable(),
    /** Why Halyard paused it by itself. */
    error: z.string().nullable(),
    created_at: Instant,
    updated_at: Instant,
  })
  .meta({ id: 'Campaign' });
export type Campaign = z.output<typeof Campaign>;

/** Somebody whom an audience means. */
const AudienceMember = z.object({
  contact_id: z.uuid(),
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  email: z.string().nullable(),
});

export const AudienceSize = z
  .object({
    /** Of those that were looked at. */
    count: z.number().int(),
    looked_at: z.number().int(),
    /** False: there are more contacts than can be looked at while somebody waits; `count` is of the oldest. */
    complete: z.boolean(),
    sample: z.array(AudienceMember),
  })
  .meta({ id: 'AudienceSize' });
export type AudienceSize = z.output<typeof AudienceSize>;

/**
 * PROCESSING: to be sent, or put off (`reason`). SENT: a provider took it. FAILED: refused, came back, or for a person to
 * look at. HELD_BACK: a rule did not let it out. UNKNOWN: nobody can say whether it arrived.
 */
export const RecipientStatus = z.enum(['PROCESSING', 'SENT', 'FAILED', 'HELD_BACK', 'CANCELLED', 'UNKNOWN']);
export type RecipientStatus = z.output<typeof RecipientStatus>;

export const Recipient = z
  .object({
    contact_id: z.uuid(),
    /** Null when they were erased. */
    contact: NamedContact.nullable(),
    /** Null until its message is planned. */
    message_id: z.uuid().nullable(),
    status: RecipientStatus,
    reason: z.string().nullable(),
    channel: Channel.nullable(),
    address: z.string().nullable(),
    sent_at: Instant.nullable(),
    delivered_at: Instant.nullable(),
    opened_at: Instant.nullable(),
    clicked_at: Instant.nullable(),
  })
  .meta({ id: 'Recipient' });
export type Recipient = z.output<typeof Recipient>;

const Reasons = z.array(z.object({ reason: z.string().nullable(), n: z.number().int() }));

/** What became of one occurrence. The statuses add up to `recipients`. */
export const CampaignStats = z
  .object({
    occurrence: z.number().int().nullable(),
    recipients: z.number().int(),
    statuses: z.record(RecipientStatus, z.number().int()),
    /** Every recipient is known, none is being processed, and the statuses add up. */
    reconciled: z.boolean(),
    delivered: z.number().int(),
    opened: z.number().int(),
    clicked: z.number().int(),
    bounced: z.number().int(),
    put_off: Reasons,
    held_back: Reasons,
    failed: Reasons,
  })
  .meta({ id: 'CampaignStats' });
export type CampaignStats = z.output<typeof CampaignStats>;
