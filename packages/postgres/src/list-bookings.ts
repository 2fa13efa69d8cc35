import type { BookingQuery, ListedBooking } from '@halyard/contracts/bookings/routes';
import type { OrgId } from '@halyard/core/ids';
import type { Page } from '@halyard/core/page';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import { toBooking } from './booking-rows.js';
import type { Tx } from './database.js';
import { contactOf } from './named-contact.js';
import { newestFirst, positionIn, toPage } from './paging.js';
import type { Bookings } from './schema.gen.js';

const productOf = sql<ListedBooking['product']>`(
  select jsonb_build_object('id', p.id, 'name', p.name) from products p
  where p.org_id = bookings.org_id and p.id = bookings.product_id)`.as('product');

/** Who booked and what, of each of the selected `bookings`. */
export const named = [contactOf('bookings'), productOf];

type Row = Selectable<Bookings> & Pick<ListedBooking, 'contact' | 'product'>;

export const toListed = ({ contact, product, ...row }: Row): ListedBooking => ({
  ...toBooking(row),
  contact,
  product,
});

/** Newest first, or by their start; each by an index that the list is read in the order of. */
export async function listBookings(tx: Tx, orgId: OrgId, query: BookingQuery): Promise<Page<ListedBooking>> {
  let rows = tx.selectFrom('bookings').selectAll().select(named).where('org_id', '=', orgId);
  if (query.contact_id) rows = rows.where('contact_id', '=', query.contact_id);
  if (query.product_id) rows = rows.where('product_id', '=', query.product_id);
  if (query.status) rows = rows.where('status', '=', query.status);
  if (query.external_id) rows = rows.where('external_id', '=', query.external_id);
  if (query.starts_from) rows = rows.where('starts_at', '>=', new Date(query.starts_from));
  if (query.starts_before) rows = rows.where('starts_at', '<', new Date(query.starts_before));
  if (query.order === 'newest') return newestFirst(rows, query, toListed);
  const after = positionIn(query.cursor, 2);
  if (after) rows = rows.where(sql<boolean>`(starts_at, id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  const page = await rows
    .orderBy('starts_at')
    .orderBy('id')
    .limit(query.limit + 1)
    .execute();
  return toPage(page, query, toListed, (row) => [row.starts_at.toISOString(), row.id]);
}
