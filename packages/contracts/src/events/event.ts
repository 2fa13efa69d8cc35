import { z } from 'zod';
import { contactReference, namesAtMostOneContact } from '../contacts/reference.js';
import { Attributes, Instant } from '../primitives.js';
import { storable } from './storable.js';

/** Kinds of event that Halyard itself records; others may not use these names. */
export const reservedPrefixes = [
  'contact.',
  'booking.',
  'message.',
  'consent.',
  'flow.',
  'outreach.',
  'lead.',
  'enrollment.',
  'workflow.',
  'lesson.',
  'course.',
] as const;

export const isReserved = (type: string): boolean =>
  reservedPrefixes.some((prefix) => type.startsWith(prefix) || `${type}.` === prefix);

const EventType = z
  .string()
  .max(100)
  .regex(/^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$/, 'Name an event in lower case, such as user.login.')
  .refine((type) => !isReserved(type), {
    error: `Events whose names begin with ${reservedPrefixes.join(', ')} are Halyard's own. Use another name.`,
  });

export const EventSubject = z
  .strictObject({ type: z.string().min(1).max(50), id: z.string().min(1).max(200) })
  .meta({ id: 'EventSubject' });

/**
 * Something that happened. `id` is the caller's own and makes repeating safe: the same id with the same content is
 * recorded once, with another content it is refused. The contact is looked up; with `create_contact` it is made, or
 * brought up to date, from what `contact` says.
 */
export const EventInput = z
  .strictObject({
    id: z.string().min(1).max(200).optional(),
    type: EventType,
    ...contactReference,
    create_contact: z.boolean().default(false),
    subject: EventSubject.optional(),
    payload: Attributes.default({}).refine(storable, 'Text may not hold the character U+0000.'),
    /** When it happened; now, when left out. */
    occurred_at: Instant.optional(),
  })
  .refine(namesAtMostOneContact, 'Give contact_id or contact, not both.')
  .meta({ id: 'EventInput' });
export type EventInput = z.output<typeof EventInput>;

/** What became of one event. */
export const EventReceipt = z
  .object({
    id: z.uuid(),
    contact_id: z.uuid().nullable(),
    /** It was recorded before; nothing happened now. */
    duplicate: z.boolean(),
  })
  .meta({ id: 'EventReceipt' });
export type EventReceipt = z.output<typeof EventReceipt>;

export const EventResult = z
  .discriminatedUnion('status', [
    EventReceipt.extend({ status: z.literal('accepted') }),
    z.object({
      status: z.literal('rejected'),
      code: z.string(),
      detail: z.string(),
      errors: z.array(z.object({ path: z.string(), message: z.string() })),
    }),
  ])
  .meta({ id: 'EventResult' });
export type EventResult = z.output<typeof EventResult>;

export const Event = z
  .object({
    id: z.uuid(),
    type: z.string(),
    contact_id: z.uuid().nullable(),
    subject: z.object({ type: z.string(), id: z.string() }).nullable(),
    payload: Attributes,
    occurred_at: Instant,
    recorded_at: Instant,
  })
  .meta({ id: 'Event' });
export type Event = z.output<typeof Event>;
