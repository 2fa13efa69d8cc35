import type { Product } from '@halyard/contracts/products/routes';
import type { BookingState, Transition } from '../bookings/transitions.js';
import { applyChange } from '../bookings/transitions.js';

/** What became different of a product, field by field. */
export type ProductChanges = Record<string, { from: unknown; to: unknown }>;

const told = [
  'key',
  'name',
  'kind',
  'starts_at',
  'ends_at',
  'time_zone',
  'location',
  'organizer',
  'attributes',
] as const;

export function productChanges(before: Product, after: Product): ProductChanges {
  const changed = told.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  return Object.fromEntries(changed.map((field) => [field, { from: before[field], to: after[field] }]));
}

/**
 * What a change of its product means for a booking. One that begins when the product did has its dates from it, and
 * moves along while it still can; of any other, only what is said about it changed.
 */
export function follow(
  booking: BookingState,
  before: Product,
  after: Product,
  now: Date,
): NonNullable<Transition> {
  const looked = {
    booking: { ...booking, revision: booking.revision + 1 },
    event: 'booking.changed',
  } as const;
  const movable = booking.status === 'confirmed' || booking.status === 'checked_in';
  if (!movable || !after.starts_at || !isSame(booking.starts_at, before.starts_at)) return looked;
  const move = {
    kind: 'reschedule',
    startsAt: after.starts_at,
    endsAt: isSame(booking.ends_at, before.ends_at) ? (after.ends_at ?? undefined) : undefined,
    timeZone: booking.time_zone === before.time_zone ? (after.time_zone ?? undefined) : undefined,
  } as const;
  return applyChange(booking, move, now) ?? looked;
}

const isSame = (a: string, b: string | null): boolean => b !== null && Date.parse(a) === Date.parse(b);
