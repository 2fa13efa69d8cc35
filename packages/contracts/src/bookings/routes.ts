import { z } from 'zod';
import { contactReference, NamedContact, namesOneContact } from '../contacts/reference.js';
import { Attributes, IdParams, Instant, PageQuery, pageOf, TimeZone } from '../primitives.js';
import { route } from '../route.js';

export const BookingStatus = z.enum(['confirmed', 'checked_in', 'completed', 'cancelled']);
export type BookingStatus = z.output<typeof BookingStatus>;

const product = {
  product_id: z.uuid().nullable().optional(),
  /** The product by its own key, instead of product_id. */
  product_key: z.string().min(1).max(200).optional(),
};

const namesOneProduct = (given: { product_id?: string | null; product_key?: string }): boolean =>
  given.product_key === undefined || given.product_id === undefined;
const oneProduct = 'Give product_id or product_key, not both.';

/**
 * A booking. Dates and time zone that are left out are the product's; a product's length is taken when only the start
 * is given. `external_id` is the caller's own id: the same one again changes the booking that is there.
 */
export const BookingInput = z
  .strictObject({
    external_id: z.string().min(1).max(200).optional(),
    ...contactReference,
    ...product,
    starts_at: Instant.optional(),
    ends_at: Instant.optional(),
    time_zone: TimeZone.optional(),
    attributes: Attributes.default({}),
  })
  .refine(namesOneContact, 'Give contact_id or contact: one of the two.')
  .refine(namesOneProduct, oneProduct)
  .meta({ id: 'BookingInput' });
export type BookingInput = z.output<typeof BookingInput>;

/** Attributes are merged: those given are set, null removes one, the others stay. */
export const BookingPatch = z
  .strictObject({ ...product, attributes: Attributes.optional() })
  .refine(namesOneProduct, oneProduct)
  .meta({ id: 'BookingPatch' });
export type BookingPatch = z.output<typeof BookingPatch>;

/** Without `ends_at` the booking keeps its length. */
export const Reschedule = z
  .strictObject({ starts_at: Instant, ends_at: Instant.optional(), time_zone: TimeZone.optional() })
  .meta({ id: 'Reschedule' });
export type Reschedule = z.output<typeof Reschedule>;

export const Booking = z
  .object({
    id: z.uuid(),
    external_id: z.string().nullable(),
    contact_id: z.uuid(),
    product_id: z.uuid().nullable(),
    status: BookingStatus,
    starts_at: Instant,
    ends_at: Instant,
    time_zone: z.string(),
    attributes: Attributes,
    /** Grows with every change. */
    revision: z.number().int(),
    created_at: Instant,
    updated_at: Instant,
    checked_in_at: Instant.nullable(),
    completed_at: Instant.nullable(),
    cancelled_at: Instant.nullable(),
    cancel_reason: z.string().nullable(),
  })
  .meta({ id: 'Booking' });
export type Booking = z.output<typeof Booking>;

/** With who booked and what, by name. */
export const ListedBooking = Booking.extend({
  /** Null when the contact was erased. */
  contact: NamedContact.nullable(),
  product: z.object({ id: z.uuid(), name: z.string() }).nullable(),
}).meta({ id: 'ListedBooking' });
export type ListedBooking = z.output<typeof ListedBooking>;

export const BookingQuery = PageQuery.extend({
  contact_id: z.uuid().optional(),
  product_id: z.uuid().optional(),
  status: BookingStatus.optional(),
  external_id: z.string().max(200).optional(),
  starts_from: Instant.optional(),
  starts_before: Instant.optional(),
  order: z.enum(['newest', 'start']).default('newest').describe('`start`: what begins soonest first.'),
});
export type BookingQuery = z.output<typeof BookingQuery>;

const tag = 'Bookings';
const access = { role: 'editor', scope: 'bookings:write' } as const;
const readable = { role: 'viewer', scope: 'bookings:read' } as const;

export const bookingRoutes = {
  list: route({
    id: 'listBookings',
    method: 'GET',
    path: '/bookings',
    tag,
    summary: 'List bookings',
    access: readable,
    query: BookingQuery,
    response: pageOf(ListedBooking),
  }),
  create: route({
    id: 'createBooking',
    method: 'POST',
    path: '/bookings',
    tag,
    summary: 'Create a booking, or change the one with this external_id',
    access,
    body: BookingInput,
    response: Booking,
    status: 201,
    errors: ['conflict', 'invalid_state'],
    idempotent: true,
    queues: true,
  }),
  read: route({
    id: 'readBooking',
    method: 'GET',
    path: '/bookings/:id',
    tag,
    summary: 'Read a booking',
    access: readable,
    params: IdParams,
    response: ListedBooking,
  }),
  change: route({
    id: 'changeBooking',
    method: 'PATCH',
    path: '/bookings/:id',
    tag,
    summary: "Change a booking's attributes or product",
    access,
    params: IdParams,
    body: BookingPatch,
    response: Booking,
    idempotent: true,
  }),
  reschedule: route({
    id: 'rescheduleBooking',
    method: 'POST',
    path: '/bookings/:id/reschedule',
    tag,
    summary: 'Move a booking; its unsent messages move with it',
    access,
    params: IdParams,
    body: Reschedule,
    response: Booking,
    errors: ['invalid_state'],
    idempotent: true,
  }),
  cancel: route({
    id: 'cancelBooking',
    method: 'POST',
    path: '/bookings/:id/cancel',
    tag,
    summary: 'Cancel a booking; its unsent messages are cancelled',
    access,
    params: IdParams,
    body: z.strictObject({ reason: z.string().max(500).optional() }),
    response: Booking,
    errors: ['invalid_state'],
    idempotent: true,
  }),
  checkIn: route({
    id: 'checkInBooking',
    method: 'POST',
    path: '/bookings/:id/check-in',
    tag,
    summary: 'Note that the guest has arrived',
    access,
    params: IdParams,
    body: z.strictObject({}),
    response: Booking,
    errors: ['invalid_state'],
    idempotent: true,
  }),
  complete: route({
    id: 'completeBooking',
    method: 'POST',
    path: '/bookings/:id/complete',
    tag,
    summary: 'Note that the booking is over',
    access,
    params: IdParams,
    body: z.strictObject({}),
    response: Booking,
    errors: ['invalid_state'],
    idempotent: true,
  }),
};
