import type { Delivery, DeliveryQuery, DeliveryWithBody } from '@halyard/contracts/outbox/routes';
import type { Actor } from '../actor.js';
import type { Wakeups } from '../claim-loop.js';
import { notFound } from '../domain-error.js';
import type { DeliveryId, EndpointId, OrgId } from '../ids.js';
import type { Page } from '../page.js';

/** What deliveries need of the database. Each call is one tenant transaction with its audit. */
export interface DeliveryStore {
  list(orgId: OrgId, endpointId: EndpointId, query: DeliveryQuery): Promise<Page<Delivery> | null>;
  find(orgId: OrgId, id: DeliveryId): Promise<DeliveryWithBody | null>;
  replay(orgId: OrgId, id: DeliveryId, actor: Actor): Promise<Delivery | null>;
  replaySince(
    orgId: OrgId,
    endpointId: EndpointId,
    which: { since: Date; failedOnly: boolean },
    actor: Actor,
  ): Promise<number | null>;
}

/** What endpoints were told, and telling it again. */
export class Deliveries {
  constructor(
    private readonly store: DeliveryStore,
    private readonly wakeups: Wakeups,
  ) {}

  async list(orgId: OrgId, endpointId: EndpointId, query: DeliveryQuery): Promise<Page<Delivery>> {
    const page = await this.store.list(orgId, endpointId, query);
    if (!page) throw notFound('endpoint');
    return page;
  }

  async read(orgId: OrgId, id: DeliveryId): Promise<DeliveryWithBody> {
    const delivery = await this.store.find(orgId, id);
    if (!delivery) throw notFound('delivery');
    return delivery;
  }

  async replay(orgId: OrgId, id: DeliveryId, actor: Actor): Promise<Delivery> {
    const delivery = await this.store.replay(orgId, id, actor);
    if (!delivery) throw notFound('delivery');
    this.wakeups.poke('outbox');
    return delivery;
  }

  async replaySince(
    orgId: OrgId,
    endpointId: EndpointId,
    which: { since: Date; failedOnly: boolean },
    actor: Actor,
  ): Promise<{ replayed: number }> {
    const replayed = await this.store.replaySince(orgId, endpointId, which, actor);
    if (replayed === null) throw notFound('endpoint');
    this.wakeups.poke('outbox');
    return { replayed };
  }
}
