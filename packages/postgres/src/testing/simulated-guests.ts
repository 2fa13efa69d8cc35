import fc from 'fast-check';

/** When everything begins. */
export const base = Date.parse('2026-05-03T10:00:00Z');
export const after = (minutes: number): string => new Date(base + minutes * 60_000).toISOString();
export const dayMinutes = 24 * 60;

const aMinute = fc.nat(4 * dayMinutes);
const aHappening = fc.oneof(
  fc.record({ kind: fc.constant('login' as const), minute: aMinute }),
  fc.record({ kind: fc.constant('paid' as const), minute: aMinute }),
  fc.record({
    kind: fc.constant('reschedule' as const),
    minute: aMinute,
    days: fc.integer({ min: -1, max: 4 }),
  }),
  fc.record({ kind: fc.constant('cancel' as const), minute: aMinute }),
  fc.record({ kind: fc.constant('check_in' as const), minute: aMinute }),
);
/** Somebody who books, and what they do before and after. */
export const aGuest = fc.record({
  zone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', null),
  phone: fc.boolean(),
  consent: fc.constantFrom(true, true, false),
  booked: aMinute,
  days: fc.integer({ min: 0, max: 4 }),
  happenings: fc.array(aHappening, { maxLength: 4 }),
});
export type Guest = typeof aGuest extends fc.Arbitrary<infer G> ? G : never;

export const aPolicy = fc.record({
  quiet_hours: fc.constantFrom({}, { default: { from: '20:00', to: '09:00' } }, { email: null }),
  caps: fc.constantFrom([], [{ messages: 1, per: 'P1D' }], [{ messages: 2, per: 'P2D', channel: 'email' }]),
  send_windows: fc.constantFrom(
    {},
    { email: [{ from: '08:00', to: '12:00', weekdays: ['mon', 'wed', 'fri'] }] },
  ),
});

export const datesOf = (booked: number, days: number) => ({
  starts_at: after(booked + days * dayMinutes),
  ends_at: after(booked + (days + 1) * dayMinutes),
});

/** In the order of time, without what comes before the booking or after its end. */
export function allowed({ booked, happenings }: Guest): Guest['happenings'] {
  let status = 'confirmed';
  return [...happenings]
    .sort((a, b) => a.minute - b.minute)
    .filter((one) => {
      if (one.kind === 'login' || one.kind === 'paid') return true;
      if (one.minute <= booked || status === 'cancelled') return false;
      if (one.kind === 'check_in' && status !== 'confirmed') return false;
      if (one.kind === 'cancel') status = 'cancelled';
      if (one.kind === 'check_in') status = 'checked_in';
      return true;
    });
}

/** What is told to the simulator: only what the booking's state allows, as it refuses the rest. */
export function givenOf(guest: Guest, contact: string, n: number): Record<string, unknown>[] {
  const id = `booking-${n}`;
  const booking = { id, ...datesOf(guest.booked, guest.days), time_zone: 'Europe/Berlin' };
  const given = [{ at: after(guest.booked), type: 'booking.created', contact, booking }];
  const types = {
    login: 'user.login',
    paid: 'order.paid',
    reschedule: 'booking.rescheduled',
    cancel: 'booking.cancelled',
    check_in: 'booking.checked_in',
  };
  const happenings = allowed(guest).map((one) => {
    const at = after(one.minute);
    const type = types[one.kind];
    if (one.kind === 'login' || one.kind === 'paid') return { at, type, contact };
    const starts_at = one.kind === 'reschedule' ? after(one.minute + one.days * dayMinutes) : undefined;
    return { at, type, contact, booking: { id, starts_at } };
  });
  return [...given, ...happenings];
}
