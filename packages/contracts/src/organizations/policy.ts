import { z } from 'zod';
import { Channel, Duration, LocalTime, Weekday } from '../primitives.js';

/** Sending is allowed from `from` to `to` (local, may pass midnight) on these weekdays. */
const Window = z.strictObject({
  from: LocalTime,
  to: LocalTime,
  weekdays: z.array(Weekday).min(1).optional(),
});

/**
 * An organization's rules for sending, checked at release.
 * - `quiet_hours`: per channel (or `default`), in the recipient's zone, for marketing and service messages. SMS, WhatsApp: 21:00–08:00 unless set otherwise.
 * - `send_windows`: when marketing may go out at all.
 * - `caps`: at most `messages` marketing messages per contact within `per`; over all channels, or one.
 * - `rates`: messages a second for the organization and per channel.
 * - `expire_after`: how late a message may go out at most (default P2D; marketing).
 */
export const OrganizationPolicy = z.strictObject({
  quiet_hours: z
    .partialRecord(z.union([Channel, z.literal('default')]), z.union([Window, z.null()]))
    .default({}),
  send_windows: z.partialRecord(z.union([Channel, z.literal('default')]), z.array(Window)).default({}),
  caps: z
    .array(z.strictObject({ messages: z.number().int().min(1), per: Duration, channel: Channel.optional() }))
    .max(10)
    .default([]),
  rates: z
    .strictObject({
      organization: z.number().int().min(1).optional(),
      channels: z.partialRecord(Channel, z.number().int().min(1)).default({}),
    })
    .default({ channels: {} }),
  expire_after: Duration.default('P2D'),
  /** Messages need a granted consent (opt-in) per channel; `opt_out` channels are allowed until withdrawn. */
  consent: z.partialRecord(Channel, z.enum(['opt_in', 'opt_out'])).default({}),
  /** Opens and clicks are tracked in email. */
  tracking: z
    .strictObject({ opens: z.boolean().default(true), clicks: z.boolean().default(true) })
    .default({ opens: true, clicks: true }),
});
export type OrganizationPolicy = z.infer<typeof OrganizationPolicy>;
