import type { Product, ProductInput, ProductPatch } from '@halyard/contracts/products/routes';
import type { Actor, AuditEntry } from '../actor.js';
import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import { DomainError, notFound } from '../domain-error.js';
import type { Ids, OrgId, ProductId } from '../ids.js';
import type { Page, PageRequest } from '../page.js';

/** A change of a product, for the record. */
export interface ProductChange {
  audit: AuditEntry;
  now: Date;
}

/** What products need of the database. Each call is one tenant transaction; `audit` is written in it. */
export interface ProductStore {
  list(orgId: OrgId, page: PageRequest): Promise<Page<Product>>;
  find(orgId: OrgId, id: ProductId): Promise<Product | null>;
  insert(orgId: OrgId, id: ProductId, input: ProductInput, audit: AuditEntry): Promise<Product>;
  /** Takes its bookings along (follow.ts), with an event for each. */
  update(orgId: OrgId, id: ProductId, patch: ProductPatch, by: ProductChange): Promise<Product | null>;
  remove(orgId: OrgId, id: ProductId, audit: AuditEntry): Promise<'removed' | 'missing' | 'in_use'>;
}

/** What an organization sells and runs: courses, trips, lessons, with their dates and places. */
export class Products {
  constructor(
    private readonly store: ProductStore,
    private readonly newId: Ids,
    private readonly clock: Clock,
    private readonly wakeups: Wakeups,
  ) {}

  list(orgId: OrgId, page: PageRequest): Promise<Page<Product>> {
    return this.store.list(orgId, page);
  }

  async read(orgId: OrgId, id: ProductId): Promise<Product> {
    const product = await this.store.find(orgId, id);
    if (!product) throw notFound('product');
    return product;
  }

  create(orgId: OrgId, input: ProductInput, actor: Actor): Promise<Product> {
    checkDates(input);
    const id = this.newId<ProductId>();
    return this.store.insert(orgId, id, input, {
      actor,
      action: 'product.created',
      target: { type: 'product', id },
      changes: input,
    });
  }

  async update(orgId: OrgId, id: ProductId, patch: ProductPatch, actor: Actor): Promise<Product> {
    checkDates({ ...(await this.read(orgId, id)), ...patch });
    const audit: AuditEntry = {
      actor,
      action: 'product.updated',
      target: { type: 'product', id },
      changes: patch,
    };
    const product = await this.store.update(orgId, id, patch, { audit, now: this.clock.now() });
    if (!product) throw notFound('product');
    this.wakeups.poke('events');
    this.wakeups.poke('outbox');
    return product;
  }

  async remove(orgId: OrgId, id: ProductId, actor: Actor): Promise<void> {
    const result = await this.store.remove(orgId, id, {
      actor,
      action: 'product.removed',
      target: { type: 'product', id },
    });
    if (result === 'missing') throw notFound('product');
    if (result === 'in_use')
      throw new DomainError('invalid_state', 'Bookings name this product. Cancel and move them first.');
  }
}

function checkDates({ starts_at, ends_at }: { starts_at?: string | null; ends_at?: string | null }): void {
  if (!starts_at || !ends_at || new Date(starts_at) <= new Date(ends_at)) return;
  const message = 'An event ends after it starts: give an end that is not before the start.';
  throw new DomainError('invalid_request', message, [{ path: 'body.ends_at', message }]);
}
