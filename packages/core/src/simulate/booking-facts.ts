import type { BookingState } from '../bookings/transitions.js';
import type { Tree } from './starting-point.js';

/** An instant as the database prints it in JSON: 2026-05-01T09:00:00+00:00, fractions only where there are any. */
export const asStored = (iso: string): string =>
  new Date(iso)
    .toISOString()
    .replace(/\.(\d*?)0*Z$/, (_, digits: string) => `${digits && `.${digits}`}+00:00`);

const instants = ['starts_at', 'ends_at', 'checked_in_at', 'completed_at', 'cancelled_at'] as const;

/** A booking's columns as facts have them. `created`: for one that is new. */
export function bookingFacts(booking: BookingState, created: Date | null, at: Date): Tree {
  const dates = instants.map((name) => {
    const value = booking[name];
    return [name, value === null ? null : asStored(value)] as const;
  });
  return {
    ...booking,
    ...Object.fromEntries(dates),
    ...(created && { created_at: asStored(created.toISOString()) }),
    updated_at: asStored(at.toISOString()),
  };
}

/** A booking as its transitions read it, from its facts. */
export function bookingOf(facts: Tree): BookingState {
  const { created_at: _, updated_at: __, type: ___, ...row } = facts as Record<string, unknown>;
  const dates = instants.map((name) => {
    const value = row[name];
    return [name, typeof value === 'string' ? new Date(value).toISOString() : null] as const;
  });
  return { ...row, ...Object.fromEntries(dates) } as unknown as BookingState;
}

/** What a recorded event of a booking changed: the columns that its payload names, with their new values. */
export function changeIn(payload: Record<string, unknown>, type: string, at: Date): Tree {
  return {
    ...sideOf(payload, 'to'),
    revision: payload.revision,
    ...stampOf(type, asStored(at.toISOString())),
  };
}

/** The booking as it was before a recorded event changed it. */
export function undo(booking: Tree, payload: Record<string, unknown>, type: string): Tree {
  const revision = Number(payload.revision) - 1;
  return { ...booking, ...sideOf(payload, 'from'), revision, ...stampOf(type, null) };
}

function sideOf(payload: Record<string, unknown>, side: 'from' | 'to'): Tree {
  const changes = (payload.changes ?? {}) as Record<string, { from: unknown; to: unknown }>;
  const columns = Object.entries(changes).map(([name, change]) => {
    const value = change[side];
    const isInstant = (name === 'starts_at' || name === 'ends_at') && typeof value === 'string';
    return [name, isInstant ? asStored(value) : value] as const;
  });
  return Object.fromEntries(columns);
}

function stampOf(type: string, value: string | null): Tree {
  switch (type) {
    case 'booking.cancelled':
      return { cancelled_at: value };
    case 'booking.checked_in':
      return { checked_in_at: value };
    case 'booking.completed':
      return { completed_at: value };
    default:
      return {};
  }
}
