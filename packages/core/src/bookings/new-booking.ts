import type { BookingInput } from '@halyard/contracts/bookings/routes';
import { DomainError } from '../domain-error.js';
import type { BookingChange, BookingState } from './transitions.js';
import { checkDates, mergeAttributes } from './transitions.js';

/** What a booking takes over from its product, and from the organization, when it says nothing itself. */
export interface BookingDefaults {
  productId: string | null;
  startsAt: Date | null;
  endsAt: Date | null;
  timeZone: string;
}

/** The dates of a new booking: its own, else its product's. Throws `invalid_request` when there are none. */
export function datesOf(
  input: Pick<BookingInput, 'starts_at' | 'ends_at'>,
  defaults: BookingDefaults,
): { starts: Date; ends: Date } {
  const starts = input.starts_at ? new Date(input.starts_at) : defaults.startsAt;
  if (!starts) throw missing('starts_at', 'The product has no date: say when the booking starts.');
  const ends = input.ends_at ? new Date(input.ends_at) : defaultEnd(starts, defaults);
  if (!ends) throw missing('ends_at', 'The product has no length: say when the booking ends.');
  checkDates(starts, ends);
  return { starts, ends };
}

const defaultEnd = (starts: Date, { startsAt, endsAt }: BookingDefaults): Date | null =>
  startsAt && endsAt ? new Date(starts.getTime() + endsAt.getTime() - startsAt.getTime()) : null;

const missing = (field: string, message: string): DomainError =>
  new DomainError('invalid_request', message, [{ path: `body.${field}`, message }]);

export function newBooking(
  id: string,
  contactId: string,
  input: BookingInput,
  defaults: BookingDefaults,
): BookingState {
  const { starts, ends } = datesOf(input, defaults);
  return {
    id,
    external_id: input.external_id ?? null,
    contact_id: contactId,
    product_id: defaults.productId,
    status: 'confirmed',
    starts_at: starts.toISOString(),
    ends_at: ends.toISOString(),
    time_zone: input.time_zone ?? defaults.timeZone,
    attributes: mergeAttributes({}, input.attributes),
    revision: 1,
    checked_in_at: null,
    completed_at: null,
    cancelled_at: null,
    cancel_reason: null,
  };
}

/**
 * What the same external id again asks of the booking that is there. A repetition that says nothing new asks for
 * nothing: what it leaves out stays as it is.
 */
export function changesOf(
  booking: BookingState,
  input: BookingInput,
  defaults: BookingDefaults,
): BookingChange[] {
  const changes: BookingChange[] = [];
  const namesProduct = input.product_id !== undefined || input.product_key !== undefined;
  if (namesProduct || Object.keys(input.attributes).length)
    changes.push({
      kind: 'update',
      ...(namesProduct && { productId: defaults.productId }),
      attributes: input.attributes,
    });
  if (input.starts_at || input.ends_at || input.time_zone)
    changes.push({
      kind: 'reschedule',
      startsAt: input.starts_at ?? booking.starts_at,
      endsAt: input.ends_at ?? (input.starts_at ? undefined : booking.ends_at),
      timeZone: input.time_zone,
    });
  return changes;
}
