import type { Product } from '@halyard/contracts/products/routes';
import type { Ids, OrgId } from '@halyard/core/ids';
import type { ProductChanges } from '@halyard/core/products/follow';
import { follow } from '@halyard/core/products/follow';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { ChangedBooking } from './booking-rows.js';
import { tellBookings, toBooking } from './booking-rows.js';
import type { Tx } from './database.js';
import type { Bookings } from './schema.gen.js';

const chunk = 500;

export interface ChangedProduct {
  before: Product;
  after: Product;
  changes: ProductChanges;
}

/**
 * Takes a product's bookings along when it changes: each gets its next revision and an event, so that what is planned
 * around it is looked at. Those that are over, with nothing under way, are left as they are. The caller holds the
 * product; bookings are locked in the order of their ids. Returns how many followed.
 */
export async function takeBookingsAlong(
  tx: Tx,
  orgId: OrgId,
  product: ChangedProduct,
  newId: Ids,
  now: Date,
): Promise<number> {
  const more = { product: { from: pick(product.changes, 'from'), to: pick(product.changes, 'to') } };
  let followed = 0;
  for (let after: string | null = null; ; ) {
    const rows: Selectable<Bookings>[] = await nextBookings(tx, orgId, product.after.id, after);
    const changed = rows.map((row): ChangedBooking => {
      const before = toBooking(row);
      const { booking, event } = follow(before, product.before, product.after, now);
      return { before, booking, type: event, more };
    });
    await write(tx, orgId, changed, now);
    await tellBookings(tx, orgId, changed, newId, now);
    followed += rows.length;
    after = rows.at(-1)?.id ?? null;
    if (rows.length < chunk) return followed;
  }
}

async function nextBookings(
  tx: Tx,
  orgId: OrgId,
  productId: string,
  after: string | null,
): Promise<Selectable<Bookings>[]> {
  const { rows } = await sql<Selectable<Bookings>>`
    select bookings.* from bookings
    where org_id = ${orgId} and product_id = ${productId} and (${after}::uuid is null or id > ${after})
      and (status in ('confirmed', 'checked_in') or exists (
        select from runs where runs.org_id = bookings.org_id and runs.subject_type = 'booking'
          and runs.subject_id = bookings.id::text and runs.status = 'active'))
    order by id limit ${chunk} for no key update`.execute(tx);
  return rows;
}

async function write(tx: Tx, orgId: OrgId, changed: readonly ChangedBooking[], now: Date): Promise<void> {
  const rows = changed.map(({ booking: { id, starts_at, ends_at, time_zone, revision } }) => ({
    id,
    starts_at,
    ends_at,
    time_zone,
    revision,
  }));
  await sql`
    update bookings set starts_at = given.starts_at, ends_at = given.ends_at, time_zone = given.time_zone,
      revision = given.revision, updated_at = ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given (id uuid, starts_at timestamptz, ends_at timestamptz, time_zone text, revision int)
    where bookings.org_id = ${orgId} and bookings.id = given.id`.execute(tx);
}

const pick = (changes: ProductChanges, side: 'from' | 'to'): Record<string, unknown> =>
  Object.fromEntries(Object.entries(changes).map(([field, change]) => [field, change[side]]));
