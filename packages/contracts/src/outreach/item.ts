import { z } from 'zod';
import { Instant } from '../primitives.js';

export const OutreachChannel = z.enum(['email', 'discord', 'slack', 'telegram']);
export type OutreachChannel = z.output<typeof OutreachChannel>;

// PostgreSQL cannot store U+0000 in text.
const Text = z.string().refine((text) => !text.includes('\u0000'), 'Text may not hold the character U+0000.');

/**
 * Whom an item is for. `external_ids` may hold, beside the id in a CRM, an address per channel: `discord`, `slack`,
 * `telegram`. Without one, such an item goes where the connection posts by default.
 */
const Target = z
  .strictObject({
    email: z.string().trim().max(320).nullable().optional(),
    name: Text.max(300).nullable().optional(),
    external_ids: z.record(z.string().min(1).max(50), Text.min(1).max(200)).default({}),
  })
  .meta({ id: 'OutreachTarget' });

/**
 * Something another service wants said to somebody. `id` is the caller's own: the same item again is answered as the
 * first time, another one with the same id is refused. A `step` of a sequence waits for the one before it.
 */
export const OutreachItem = z
  .strictObject({
    id: z.uuid(),
    tenant_id: z.uuid(),
    /** Who writes, in the calling service. */
    user_id: z.uuid(),
    channel: OutreachChannel,
    subject: Text.max(998),
    body: Text.min(1).max(200_000),
    target: Target,
    /** Null: at once. */
    schedule_at: Instant.nullable().default(null),
    sequence_id: z.uuid().nullable().default(null),
    step: z.number().int().min(1).max(1000).default(1),
  })
  .refine(
    (item) =>
      item.channel !== 'email' ||
      Boolean(item.target.email) ||
      Object.keys(item.target.external_ids).length > 0,
    { path: ['target', 'email'], error: 'An item for email needs target.email.' },
  )
  .meta({ id: 'OutreachItem' });
export type OutreachItem = z.output<typeof OutreachItem>;

/** That an item was taken. The same for every repetition; what became of it is read with GET /outreach/items/{id}. */
export const OutreachReceipt = z
  .object({ id: z.uuid(), contact_id: z.uuid().nullable(), accepted_at: Instant })
  .meta({ id: 'OutreachReceipt' });
export type OutreachReceipt = z.output<typeof OutreachReceipt>;

export const OutreachResult = z
  .discriminatedUnion('status', [
    OutreachReceipt.extend({ status: z.literal('accepted') }),
    z.object({
      status: z.literal('rejected'),
      code: z.string(),
      detail: z.string(),
      errors: z.array(z.object({ path: z.string(), message: z.string() })),
    }),
  ])
  .meta({ id: 'OutreachResult' });
export type OutreachResult = z.output<typeof OutreachResult>;

/**
 * What became of an item. `status`: `waiting` for the step before it; `cancelled`, when that step never went out; else
 * the status of its message: scheduled, sending, sent, delivered, bounced, failed, unknown, dead, skipped, expired.
 */
export const OutreachState = z
  .object({
    id: z.uuid(),
    status: z.string(),
    /** Why it was skipped, cancelled or failed: the reason, and the words of who refused it, as in `rejected: …`. */
    error: z.string().nullable(),
    channel: OutreachChannel,
    user_id: z.uuid(),
    contact_id: z.uuid().nullable(),
    message_id: z.uuid().nullable(),
    sequence_id: z.uuid().nullable(),
    step: z.number().int(),
    schedule_at: Instant.nullable(),
    /** When it is tried next, or was tried last. */
    due_at: Instant.nullable(),
    sent_at: Instant.nullable(),
    delivered_at: Instant.nullable(),
    accepted_at: Instant,
  })
  .meta({ id: 'OutreachState' });
export type OutreachState = z.output<typeof OutreachState>;
