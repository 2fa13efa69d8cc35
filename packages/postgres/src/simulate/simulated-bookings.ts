import type { OrgId } from '@halyard/core/ids';
import { undo } from '@halyard/core/simulate/booking-facts';
import type { Tree } from '@halyard/core/simulate/starting-point';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import type { RecordedRow } from './recorded-events.js';
import { isBookingEvent, microseconds } from './recorded-events.js';

const chunk = 5_000;

/** Bookings as they are now, by id: those of these contacts, and those named. */
export async function bookingsOf(
  tx: Tx,
  orgId: OrgId,
  { contactIds, ids }: { contactIds: readonly string[]; ids: readonly string[] },
): Promise<Map<string, Tree>> {
  const found = new Map<string, Tree>();
  for (let n = 0; n === 0 || n < contactIds.length; n += chunk) {
    const { rows } = await sql<{ id: string; facts: Tree }>`
      select id, to_jsonb(bookings) - 'org_id' as facts from bookings
      where org_id = ${orgId} and (contact_id = any (${contactIds.slice(n, n + chunk)}::uuid[])
        or id = any (${n === 0 ? ids : []}::uuid[]))`.execute(tx);
    for (const { id, facts } of rows) found.set(id, facts);
  }
  return found;
}

/** The bookings as they were before these events and everything later: each change taken back, the newest first. */
export async function rewind(
  tx: Tx,
  orgId: OrgId,
  now: ReadonlyMap<string, Tree>,
  events: readonly RecordedRow[],
  until: Date,
): Promise<Map<string, Tree>> {
  const bookings = new Map(now);
  const ids = [...bookings.keys()];
  const { rows: later } = await sql<RecordedRow>`
    select id, type, contact_id, subject_type, subject_id, payload,
      ${microseconds('occurred_at')} as occurred_us, ${microseconds('recorded_at')} as recorded_us
    from events
    where org_id = ${orgId} and recorded_at >= ${until} and type like 'booking.%' and subject_type = 'booking'
      and subject_id = any (${ids}::text[])
    order by recorded_at desc, id desc`.execute(tx);
  for (const event of [...later, ...events.filter(isBookingEvent).reverse()]) {
    const id = event.subject_id ?? '';
    const booking = bookings.get(id);
    if (!booking) continue;
    if (event.type === 'booking.created') bookings.delete(id);
    else bookings.set(id, undo(booking, event.payload, event.type));
  }
  return bookings;
}

/** All products of the organization, by id. */
export async function productsOf(tx: Tx, orgId: OrgId): Promise<Map<string, Tree>> {
  const { rows } = await sql<{ id: string; facts: Tree }>`
    select id, to_jsonb(products) - 'org_id' as facts from products where org_id = ${orgId}`.execute(tx);
  return new Map(rows.map(({ id, facts }) => [id, facts]));
}
