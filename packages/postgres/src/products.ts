import type { Product, ProductInput, ProductPatch } from '@halyard/contracts/products/routes';
import type { AuditEntry } from '@halyard/core/actor';
import { DomainError } from '@halyard/core/domain-error';
import type { EventId, Ids, OrgId, ProductId } from '@halyard/core/ids';
import type { Page, PageRequest } from '@halyard/core/page';
import { productChanges } from '@halyard/core/products/follow';
import type { ProductChange, ProductStore } from '@halyard/core/products/products';
import type { Insertable, Selectable } from 'kysely';
import { appendAudit } from './audit.js';
import type { Database, Tx } from './database.js';
import { isForeignKeyViolation, isUniqueViolation } from './errors.js';
import { rememberEvents } from './event-recorder.js';
import { newestFirst } from './paging.js';
import { takeBookingsAlong } from './product-bookings.js';
import { removeRow } from './remove-row.js';
import type { Products } from './schema.gen.js';

export class PgProductStore implements ProductStore {
  constructor(
    private readonly database: Database,
    private readonly newId: Ids,
  ) {}

  list(orgId: OrgId, page: PageRequest): Promise<Page<Product>> {
    return this.database.forOrg(orgId, (tx) =>
      newestFirst(tx.selectFrom('products').selectAll().where('org_id', '=', orgId), page, toProduct),
    );
  }

  find(orgId: OrgId, id: ProductId): Promise<Product | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await select(tx, orgId, id).executeTakeFirst();
      return row ? toProduct(row) : null;
    });
  }

  insert(orgId: OrgId, id: ProductId, input: ProductInput, audit: AuditEntry): Promise<Product> {
    return this.database
      .forOrg(orgId, async (tx) => {
        const row = await tx
          .insertInto('products')
          .values({ ...columns(input), name: input.name, org_id: orgId, id })
          .returningAll()
          .executeTakeFirstOrThrow();
        await appendAudit(tx, orgId, audit);
        return toProduct(row);
      })
      .catch(keyTaken);
  }

  update(orgId: OrgId, id: ProductId, patch: ProductPatch, by: ProductChange): Promise<Product | null> {
    return this.database
      .forOrg(orgId, async (tx) => {
        const there = await select(tx, orgId, id).forNoKeyUpdate().executeTakeFirst();
        if (!there) return null;
        const row = await tx
          .updateTable('products')
          .set({ ...columns(patch), updated_at: by.now })
          .where('org_id', '=', orgId)
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirstOrThrow();
        await this.#follow(tx, orgId, toProduct(there), toProduct(row), by);
        return toProduct(row);
      })
      .catch(keyTaken);
  }

  remove(orgId: OrgId, id: ProductId, audit: AuditEntry): Promise<'removed' | 'missing' | 'in_use'> {
    return this.database
      .forOrg(orgId, async (tx) => {
        const removed = await removeRow(tx, 'products', orgId, id, audit);
        return removed ? ('removed' as const) : ('missing' as const);
      })
      .catch((error: unknown) => {
        if (isForeignKeyViolation(error)) return 'in_use' as const;
        throw error;
      });
  }

  /** What follows from a change: its event, its bookings, and last, as others wait for it, the audit line. */
  async #follow(
    tx: Tx,
    orgId: OrgId,
    before: Product,
    after: Product,
    { audit, now }: ProductChange,
  ): Promise<void> {
    const changes = productChanges(before, after);
    if (Object.keys(changes).length) {
      const event = {
        id: this.newId<EventId>(),
        type: 'product.updated',
        contactId: null,
        subject: { type: 'product', id: after.id },
        payload: { product_id: after.id, changes },
        occurredAt: now,
      };
      await rememberEvents(tx, [{ orgId, event }]);
      await takeBookingsAlong(tx, orgId, { before, after, changes }, this.newId, now);
    }
    await appendAudit(tx, orgId, audit);
  }
}

const select = (tx: Tx, orgId: OrgId, id: ProductId) =>
  tx.selectFrom('products').selectAll().where('org_id', '=', orgId).where('id', '=', id);

const columns = (input: ProductPatch): Partial<Insertable<Products>> => ({
  ...input,
  location: input.location && JSON.stringify(input.location),
  organizer: input.organizer && JSON.stringify(input.organizer),
  attributes: input.attributes && JSON.stringify(input.attributes),
});

const toProduct = (row: Selectable<Products>): Product => ({
  id: row.id,
  key: row.key,
  name: row.name,
  kind: row.kind,
  starts_at: row.starts_at?.toISOString() ?? null,
  ends_at: row.ends_at?.toISOString() ?? null,
  time_zone: row.time_zone,
  location: row.location as Product['location'],
  organizer: row.organizer as Product['organizer'],
  attributes: row.attributes as Product['attributes'],
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
});

function keyTaken(error: unknown): never {
  if (isUniqueViolation(error, 'products_key'))
    throw new DomainError(
      'conflict',
      'Another product has this key. Use a key of its own, or change that product.',
    );
  throw error;
}
