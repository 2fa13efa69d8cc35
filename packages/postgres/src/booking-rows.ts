import type { Booking } from '@halyard/contracts/bookings/routes';
import type { BookingEventType, BookingState } from '@halyard/core/bookings/transitions';
import { differences } from '@halyard/core/bookings/transitions';
import type { ContactId, EventId, Ids, OrgId } from '@halyard/core/ids';
import type { OutboxId } from '@halyard/core/outbox/outbox-event';
import type { Selectable } from 'kysely';
import type { Tx } from './database.js';
import { recordEvents } from './event-recorder.js';
import { tellOutside } from './outbox-writer.js';
import type { Bookings } from './schema.gen.js';

/** A booking that was changed, and how. */
export interface ChangedBooking {
  before: BookingState | null;
  booking: BookingState;
  type: BookingEventType;
  /** What else became different: the product that it is of. */
  more?: Record<string, { from: unknown; to: unknown }>;
}

/** Events and outbox of changed bookings. Returns what became different of each. */
export async function tellBookings(
  tx: Tx,
  orgId: OrgId,
  changed: readonly ChangedBooking[],
  newId: Ids,
  now: Date,
): Promise<Record<string, unknown>[]> {
  const told = changed.map(({ before, booking, type, more }) => {
    const { id, external_id, revision } = booking;
    const changes = { ...differences(before, booking), ...more };
    return { booking, type, payload: { booking_id: id, external_id, revision, changes } };
  });
  await recordEvents(
    tx,
    orgId,
    told.map(({ booking, type, payload }) => ({
      id: newId<EventId>(),
      type,
      contactId: booking.contact_id as ContactId,
      subject: { type: 'booking', id: booking.id },
      payload,
      occurredAt: now,
      key: `booking:${booking.id}:${booking.revision}`,
    })),
  );
  await tellOutside(
    tx,
    told.map(({ booking, type, payload }) => ({
      orgId,
      id: newId<OutboxId>(),
      type,
      payload: { ...payload, contact_id: booking.contact_id, booking },
      occurredAt: now,
    })),
  );
  return told.map(({ payload }) => payload.changes);
}

export const toBooking = ({ org_id: _, ...row }: Selectable<Bookings>): Booking => ({
  ...row,
  status: row.status as Booking['status'],
  attributes: row.attributes as Booking['attributes'],
  starts_at: row.starts_at.toISOString(),
  ends_at: row.ends_at.toISOString(),
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
  checked_in_at: row.checked_in_at?.toISOString() ?? null,
  completed_at: row.completed_at?.toISOString() ?? null,
  cancelled_at: row.cancelled_at?.toISOString() ?? null,
});
