import type { Booking, BookingStatus } from '@halyard/contracts/bookings/routes';
import { DomainError } from '../domain-error.js';
import { stableJson } from '../stable-json.js';

/**
 * confirmed → checked_in → completed
 *     └───────────┴──► cancelled
 *
 * Asking for the state that a booking is in already changes nothing. Only a booking that still lies ahead or is under
 * way can move; what is completed or cancelled stays where it was.
 */

/** A booking without the stamps that the store keeps. */
export type BookingState = Omit<Booking, 'created_at' | 'updated_at'>;

export type BookingChange =
  | {
      kind: 'update';
      /** Undefined keeps the product, null takes it away. */
      productId?: string | null;
      attributes?: Record<string, unknown>;
    }
  | { kind: 'reschedule'; startsAt: string; endsAt?: string; timeZone?: string }
  | { kind: 'cancel'; reason?: string }
  | { kind: 'check_in' }
  | { kind: 'complete' };

export type BookingEventType =
  | 'booking.created'
  | 'booking.changed'
  | 'booking.rescheduled'
  | 'booking.cancelled'
  | 'booking.checked_in'
  | 'booking.completed';

/** What becomes of a booking: null when the change changes nothing. */
export type Transition = { booking: BookingState; event: BookingEventType } | null;

/** Applies a change. Throws `invalid_state` when the booking's state does not allow it. */
export function applyChange(booking: BookingState, change: BookingChange, now: Date): Transition {
  switch (change.kind) {
    case 'update':
      return update(booking, change);
    case 'reschedule':
      return reschedule(booking, change);
    case 'cancel':
      if (booking.status === 'cancelled') return null;
      demand(booking, ['confirmed', 'checked_in'], 'cancelled');
      return next(booking, 'booking.cancelled', {
        status: 'cancelled',
        cancelled_at: now.toISOString(),
        cancel_reason: change.reason ?? null,
      });
    case 'check_in':
      if (booking.status === 'checked_in') return null;
      demand(booking, ['confirmed'], 'checked in');
      return next(booking, 'booking.checked_in', { status: 'checked_in', checked_in_at: now.toISOString() });
    case 'complete':
      if (booking.status === 'completed') return null;
      demand(booking, ['checked_in'], 'completed');
      return next(booking, 'booking.completed', { status: 'completed', completed_at: now.toISOString() });
  }
}

function update(booking: BookingState, change: Extract<BookingChange, { kind: 'update' }>): Transition {
  const attributes = mergeAttributes(booking.attributes, change.attributes ?? {});
  const product_id = change.productId === undefined ? booking.product_id : change.productId;
  if (product_id === booking.product_id && equal(attributes, booking.attributes)) return null;
  return next(booking, 'booking.changed', { attributes, product_id });
}

function reschedule(
  booking: BookingState,
  change: Extract<BookingChange, { kind: 'reschedule' }>,
): Transition {
  const starts = new Date(change.startsAt);
  const length = Date.parse(booking.ends_at) - Date.parse(booking.starts_at);
  const ends = change.endsAt ? new Date(change.endsAt) : new Date(starts.getTime() + length);
  checkDates(starts, ends);
  const moved = {
    starts_at: starts.toISOString(),
    ends_at: ends.toISOString(),
    time_zone: change.timeZone ?? booking.time_zone,
  };
  if (equal(moved, { starts_at: booking.starts_at, ends_at: booking.ends_at, time_zone: booking.time_zone }))
    return null;
  demand(booking, ['confirmed', 'checked_in'], 'moved');
  return next(booking, 'booking.rescheduled', moved);
}

/** Throws `invalid_request` when a booking would end before it starts. */
export function checkDates(starts: Date, ends: Date): void {
  if (starts <= ends) return;
  const message = 'A booking ends after it starts: give an end that is not before the start.';
  throw new DomainError('invalid_request', message, [{ path: 'body.ends_at', message }]);
}

const next = (
  booking: BookingState,
  event: BookingEventType,
  changed: Partial<BookingState>,
): Transition => ({
  booking: { ...booking, ...changed, revision: booking.revision + 1 },
  event,
});

function demand(booking: BookingState, allowed: readonly BookingStatus[], what: string): void {
  if (allowed.includes(booking.status)) return;
  throw new DomainError(
    'invalid_state',
    `A booking that is ${booking.status.replace('_', ' ')} cannot be ${what}: it must be ${allowed.map((status) => status.replace('_', ' ')).join(' or ')}.`,
  );
}

/** Sets what is given, removes what is null, keeps the rest. */
export function mergeAttributes(attributes: BookingState['attributes'], given: Record<string, unknown>) {
  const merged = Object.entries({ ...attributes, ...given }).filter(([, value]) => value !== null);
  return Object.fromEntries(merged) as BookingState['attributes'];
}

const equal = (a: object, b: object): boolean => stableJson(a) === stableJson(b);

/** The fields that differ, each with what it was and what it is: for the event and the audit log. */
export function differences(
  before: BookingState | null,
  after: BookingState,
): Record<string, { from: unknown; to: unknown }> {
  const told = [
    'status',
    'product_id',
    'starts_at',
    'ends_at',
    'time_zone',
    'attributes',
    'cancel_reason',
  ] as const;
  const changed: Record<string, { from: unknown; to: unknown }> = {};
  for (const field of told) {
    const from = before?.[field] ?? null;
    const to = after[field];
    if (stableJson(from) !== stableJson(to)) changed[field] = { from, to };
  }
  return changed;
}
