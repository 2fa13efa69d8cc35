import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DomainError } from '../domain-error.js';
import type { BookingChange, BookingState } from './transitions.js';
import { applyChange } from './transitions.js';

const now = new Date('2026-04-01T10:00:00Z');
const booking: BookingState = {
  id: '00000000-0000-7000-8000-000000000001',
  external_id: null,
  contact_id: '00000000-0000-7000-8000-000000000002',
  product_id: null,
  status: 'confirmed',
  starts_at: '2026-05-01T07:00:00.000Z',
  ends_at: '2026-05-03T15:00:00.000Z',
  time_zone: 'Europe/Berlin',
  attributes: {},
  revision: 1,
  checked_in_at: null,
  completed_at: null,
  cancelled_at: null,
  cancel_reason: null,
};

const aChange: fc.Arbitrary<BookingChange> = fc.oneof(
  fc.constantFrom<BookingChange>({ kind: 'cancel' }, { kind: 'check_in' }, { kind: 'complete' }),
  fc.integer({ min: 0, max: 20 }).map(
    (days): BookingChange => ({
      kind: 'reschedule',
      startsAt: new Date(Date.parse('2026-05-01T07:00:00Z') + days * 86_400_000).toISOString(),
    }),
  ),
  fc
    .dictionary(fc.constantFrom('boat', 'level'), fc.option(fc.constantFrom('a', 'b')), { maxKeys: 2 })
    .map((attributes): BookingChange => ({ kind: 'update', attributes })),
);

/** Applies a change; one that is refused leaves the booking as it is. */
function tried(state: BookingState, change: BookingChange): BookingState {
  try {
    return applyChange(state, change, now)?.booking ?? state;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'invalid_state') return state;
    throw error;
  }
}

const order = ['confirmed', 'checked_in', 'completed', 'cancelled'];

test('Feature: bookings, Property 1: status only moves forward, and every effective change is one revision', () => {
  fc.assert(
    fc.property(fc.array(aChange, { maxLength: 15 }), (changes) => {
      let state = booking;
      for (const change of changes) {
        const after = tried(state, change);
        expect(order.indexOf(after.status)).toBeGreaterThanOrEqual(order.indexOf(state.status));
        if (state.status === 'completed') expect(after.status).toBe('completed');
        expect(after.revision).toBe(after === state ? state.revision : state.revision + 1);
        if (['completed', 'cancelled'].includes(state.status)) expect(after.starts_at).toBe(state.starts_at);
        expect(after.checked_in_at !== null || !['checked_in', 'completed'].includes(after.status)).toBe(
          true,
        );
        state = after;
      }
    }),
    { numRuns: 300 },
  );
});

test('Feature: bookings, Property 2: the same change twice in a row is the same as once', () => {
  fc.assert(
    fc.property(fc.array(aChange, { maxLength: 8 }), aChange, (before, change) => {
      const once = tried(before.reduce(tried, booking), change);
      expect(tried(once, change)).toBe(once);
    }),
    { numRuns: 300 },
  );
});

test('Feature: bookings, Property 3: a booking that is moved without an end keeps its length', () => {
  const length = (state: BookingState) => Date.parse(state.ends_at) - Date.parse(state.starts_at);
  fc.assert(
    fc.property(fc.array(aChange, { maxLength: 15 }), (changes) => {
      expect(length(changes.reduce(tried, booking))).toBe(length(booking));
    }),
    { numRuns: 100 },
  );
});

test('an end before the start is refused by name', () => {
  const change = {
    kind: 'reschedule',
    startsAt: '2026-05-01T09:00:00Z',
    endsAt: '2026-05-01T08:00:00Z',
  } as const;
  expect(() => applyChange(booking, change, now)).toThrow(/not before the start/);
});
