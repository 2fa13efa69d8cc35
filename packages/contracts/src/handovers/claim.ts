import { z } from 'zod';
import { Channel, Instant, MessageClass } from '../primitives.js';

export const ClaimInput = z
  .strictObject({
    channels: z.array(Channel).min(1).optional().describe('All channels, when left out.'),
    limit: z.number().int().min(1).max(100).default(10),
    lease_seconds: z
      .number()
      .int()
      .min(10)
      .max(3_600)
      .default(300)
      .describe('Until then the outcome of each has to be reported; afterwards it is unknown.'),
  })
  .meta({ id: 'ClaimInput' });
export type ClaimInput = z.output<typeof ClaimInput>;

/** A message that is the caller's to send, as it is rendered, until the lease ends. */
export const ClaimedItem = z
  .object({
    attempt_id: z.uuid(),
    message_id: z.uuid(),
    /** Of an outreach item: the caller's own id for it. */
    item_id: z.string().nullable(),
    contact_id: z.uuid().nullable(),
    connection_id: z.uuid(),
    channel: Channel,
    class: MessageClass,
    topic: z.string(),
    idempotency_key: z.string(),
    lease_until: Instant,
    report_url: z.url(),
    payload: z.json(),
  })
  .meta({ id: 'ClaimedItem' });
export type ClaimedItem = z.output<typeof ClaimedItem>;
