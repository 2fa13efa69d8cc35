import { z } from 'zod';
import { channels } from './channels.js';

/** Channels a message can go out on. */
export const Channel = z.enum(channels);
export type Channel = z.infer<typeof Channel>;

/** What an identity can be: an address on a channel, or the contact's id in a CRM. */
export const IdentityKind = z.enum([...Channel.options, 'phone', 'crm_user_id']);
export type IdentityKind = z.infer<typeof IdentityKind>;

/** Opt-outs, quiet hours and caps apply to `marketing`; `transactional` has a lane of its own. */
export const MessageClass = z.enum(['transactional', 'marketing', 'service']);
export type MessageClass = z.infer<typeof MessageClass>;

/** Zones that were asked for and exist: to make a formatter takes 50 µs and more, for every contact and booking. */
const knownZones = new Set<string>();
const mostKnown = 1_000;

const isTimeZone = (name: string): boolean => {
  if (knownZones.has(name)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    if (knownZones.size < mostKnown) knownZones.add(name);
    return true;
  } catch {
    return false;
  }
};

/** IANA time zone, such as Europe/Berlin. */
export const TimeZone = z.string().refine(isTimeZone, 'Use an IANA time zone, such as Europe/Berlin.');

/** BCP 47 language tag, such as de or en-GB. */
export const Locale = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Use a language tag, such as de or en-GB.');

/** An instant in ISO 8601 with its offset, such as 2026-05-01T09:00:00+02:00. Answers are always in UTC (…Z). */
export const Instant = z.iso.datetime({
  offset: true,
  error: 'Use ISO 8601 with an offset, such as 2026-05-01T09:00:00+02:00.',
});

/** Local time of day, HH:MM. */
export const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Use HH:MM, such as 09:00.');

export const Weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
export type Weekday = z.infer<typeof Weekday>;

// As many digits as keep every moment reached by it inside the calendars of the database and of JavaScript.
const amounts =
  'P(?=\\d|T\\d)(\\d{1,2}Y)?(\\d{1,3}M)?(\\d{1,4}W)?(\\d{1,5}D)?(T(?=\\d)(\\d{1,6}H)?(\\d{1,7}M)?(\\d{1,9}S)?)?$';

/** ISO 8601 duration, may be negative: -P7D, PT90M, P1DT2H. Days, weeks and months are calendar days in the zone. */
export const Duration = z
  .string()
  .regex(
    new RegExp(`^[+-]?${amounts}`),
    'Use an ISO 8601 duration of decades at most, such as -P7D or PT90M.',
  );

/** A duration above zero: P7D, PT90M. */
export const Period = z
  .string()
  .regex(
    new RegExp(`^(?=.*[1-9])${amounts}`),
    'Use an ISO 8601 duration above zero and of decades at most, such as P7D or PT90M.',
  );

/** Free attributes of contacts, bookings, products. */
export const Attributes = z.record(z.string().min(1).max(100), z.json());

/** What a cursor-paged list takes and gives. `cursor` is opaque: pass back `next_cursor` as it came. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next_cursor: z.string().nullable() });

export const IdParams = z.object({ id: z.uuid() });
