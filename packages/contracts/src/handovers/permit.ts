import { z } from 'zod';
import { contactReference } from '../contacts/reference.js';
import { MessageStatus } from '../messages/message.js';
import { Channel, Instant, MessageClass } from '../primitives.js';

/**
 * What somebody wants to send by themselves, under the rules of the organization. Whom to: `contact_id`, `contact` (with
 * `create_contact` they are made), or `to`, an address of somebody who is no contact.
 */
export const PermitInput = z
  .strictObject({
    key: z.string().min(1).max(200).describe('Your own id of the message: one key, one message.'),
    ...contactReference,
    create_contact: z.boolean().default(false),
    to: z.string().min(1).max(320).optional(),
    name: z.string().max(200).optional(),
    channel: Channel,
    class: MessageClass.default('marketing'),
    topic: z.string().min(1).max(100).default('*'),
    /** What is said, in short: it is shown with the message, and not sent. */
    subject: z.string().max(998).optional(),
    text: z.string().max(50_000).optional(),
    /** Name of the approved template that is sent, on WhatsApp: those may go out at any time. */
    approved_template: z.string().min(1).max(512).optional(),
    expires_in_seconds: z
      .number()
      .int()
      .min(10)
      .max(86_400)
      .default(900)
      .describe(
        'How long a permit holds: until then it is sent and its outcome reported, else it is unknown.',
      ),
  })
  .refine(
    ({ contact_id, contact, to }) =>
      [contact_id, contact, to].filter((one) => one !== undefined).length === 1,
    { error: 'Say whom you write to: one of contact_id, contact, to.', path: ['contact_id'] },
  )
  // PostgreSQL cannot store U+0000 in text.
  .refine((input) => !JSON.stringify(input).includes('\\u0000'), 'Text may not hold the character U+0000.')
  .meta({ id: 'PermitInput' });
export type PermitInput = z.output<typeof PermitInput>;

/**
 * - granted: send it to `address` before `expires_at`, and report its outcome.
 * - deferred: not now; ask again with the same key from `not_before` on.
 * - refused: never; also of a key that was used up (`already_sent`), or whose outcome nobody reported (`not_reported`).
 */
export const Permit = z
  .object({
    key: z.string(),
    verdict: z.enum(['granted', 'deferred', 'refused']),
    reason: z.string().nullable(),
    explanation: z.string().nullable().describe('What would have to differ, in a sentence.'),
    message_id: z.uuid(),
    status: MessageStatus.describe('Of the message, once its outcome is reported.'),
    attempt_id: z.uuid().nullable(),
    channel: Channel,
    address: z.string().nullable(),
    report_url: z.url().nullable(),
    unsubscribe_url: z.url().nullable().describe('For mails: belongs into List-Unsubscribe (RFC 8058).'),
    not_before: Instant.nullable(),
    expires_at: Instant.nullable(),
  })
  .meta({ id: 'Permit' });
export type Permit = z.output<typeof Permit>;
