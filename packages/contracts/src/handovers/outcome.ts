import { z } from 'zod';

// PostgreSQL cannot store U+0000 in text.
const Text = z.string().refine((text) => !text.includes('\u0000'), 'Text may not hold the character U+0000.');

/**
 * What became of a message that was handed over to be sent elsewhere.
 * - sent: the provider took it.  - delivered, bounced: it did, and told its fate; these may follow `sent`.
 * - failed: refused for good.  - throttled, not_sent: certainly not sent, so that it may be tried again.
 */
export const ReportedOutcome = z
  .strictObject({
    outcome: z.enum(['sent', 'delivered', 'bounced', 'failed', 'throttled', 'not_sent']),
    provider_message_id: Text.min(1).max(500).optional(),
    /** The provider's own words. */
    detail: Text.max(2_000).optional(),
    code: Text.min(1).max(100).optional(),
    /** For `throttled`: when the provider takes more. */
    retry_after_seconds: z.number().int().min(1).max(3_600).optional(),
    /** For `failed`: there is no such address, so nothing is sent to it any more. */
    invalid_address: z.boolean().optional(),
  })
  .meta({ id: 'ReportedOutcome' });
export type ReportedOutcome = z.output<typeof ReportedOutcome>;
