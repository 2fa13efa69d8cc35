import { z } from 'zod';
import { Channel, LocalTime, Period, Weekday } from '../primitives.js';

/** From `from` to `to` (local, may pass midnight) on these weekdays. */
const Window = z
  .strictObject({
    from: LocalTime,
    to: LocalTime,
    weekdays: z.array(Weekday).min(1).optional(),
  })
  .refine(({ from, to }) => from !== to, {
    error:
      'A window that ends when it begins is no window: give two times of day, or leave it out for the whole day.',
    path: ['to'],
  });

const Cap = z.strictObject({ messages: z.number().int().min(1), per: Period, channel: Channel.optional() });

/** An organization's rules for sending, checked at release. */
export const OrganizationPolicy = z.strictObject({
  quiet_hours: z
    .partialRecord(z.union([Channel, z.literal('default')]), z.union([Window, z.null()]))
    .default({})
    .describe(
      'When nothing but transactional messages is sent, by channel or `default`, in the recipient’s zone. SMS and WhatsApp rest from 21:00 to 08:00 unless set otherwise; null for never.',
    ),
  send_windows: z
    .partialRecord(
      z.union([Channel, z.literal('default')]),
      z
        .array(Window)
        .min(
          1,
          'Without a window nothing would ever be sent: give one, or leave the channel out for any time.',
        ),
    )
    .default({})
    .describe('When marketing may go out at all, by channel or `default`.'),
  caps: z
    .array(Cap)
    .max(10)
    .default([])
    .describe(
      'At most `messages` marketing messages to a contact within `per`; over all channels, or on one.',
    ),
  rates: z
    .strictObject({
      organization: z.number().int().min(1).optional(),
      channels: z.partialRecord(Channel, z.number().int().min(1)).default({}),
    })
    .default({ channels: {} })
    .describe('Messages a second, for the organization and by channel.'),
  expire_after: Period.default('P2D').describe('How late a marketing or service message may go out at most.'),
  consent: z
    .partialRecord(Channel, z.enum(['opt_in', 'opt_out']))
    .default({})
    .describe(
      '`opt_in`: marketing needs a granted consent. `opt_out`: it is allowed until withdrawn. SMS and WhatsApp are `opt_in` unless set otherwise, other channels `opt_out`.',
    ),
  tracking: z
    .strictObject({ opens: z.boolean().default(true), clicks: z.boolean().default(true) })
    .default({ opens: true, clicks: true })
    .describe('Whether opens and clicks are counted in email.'),
});
export type OrganizationPolicy = z.infer<typeof OrganizationPolicy>;
