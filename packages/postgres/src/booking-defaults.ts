import type { BookingInput } from '@halyard/contracts/bookings/routes';
import type { BookingDefaults } from '@halyard/core/bookings/new-booking';
import { DomainError } from '@halyard/core/domain-error';
import type { OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from './database.js';
import { planned } from './plan-once.js';

/**
 * What a booking takes over from the product that it names and from the organization. Throws when there is no such
 * product. The product is held until the commit: a change of it either is seen here, or finds the booking.
 */
export async function bookingDefaults(
  tx: Tx,
  orgId: OrgId,
  input: Pick<BookingInput, 'product_id' | 'product_key'>,
): Promise<BookingDefaults> {
  const { rows } = await sql<{ time_zone: string }>`${planned}
    select time_zone from organization_settings where org_id = ${orgId}`.execute(tx);
  const timeZone = rows[0]?.time_zone ?? 'UTC';
  if (!input.product_id && !input.product_key)
    return { productId: null, startsAt: null, endsAt: null, timeZone };
  const product = await tx
    .selectFrom('products')
    .select(['id', 'starts_at', 'ends_at', 'time_zone'])
    .where('org_id', '=', orgId)
    .where((row) =>
      input.product_id ? row('id', '=', input.product_id) : row('key', '=', input.product_key ?? ''),
    )
    .forShare()
    .executeTakeFirst();
  if (!product) throw noProduct(input.product_id ? 'product_id' : 'product_key');
  return {
    productId: product.id,
    startsAt: product.starts_at,
    endsAt: product.ends_at,
    timeZone: product.time_zone ?? timeZone,
  };
}

function noProduct(field: string): DomainError {
  const message = 'There is no such product in this organization. Create it first with POST /products.';
  return new DomainError('invalid_request', message, [{ path: `body.${field}`, message }]);
}
