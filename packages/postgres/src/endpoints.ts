import type { Delivery, Endpoint, EndpointInput, EndpointPatch } from '@halyard/contracts/outbox/routes';
import type { AuditEntry } from '@halyard/core/actor';
import type { Sealed } from '@halyard/core/connections/secret-box';
import type { DeliveryId, EndpointId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { EndpointStore } from '@halyard/core/outbox/endpoints';
import type { OutboxId } from '@halyard/core/outbox/outbox-event';
import type { Page, PageRequest } from '@halyard/core/page';
import type { Selectable, UpdateObject } from 'kysely';
import { sql } from 'kysely';
import { appendAudit } from './audit.js';
import type { Database } from './database.js';
import { readDelivery } from './deliveries.js';
import { newestFirst } from './paging.js';
import { removeRow } from './remove-row.js';
import type { DB, Endpoints } from './schema.gen.js';

export class PgEndpointStore implements EndpointStore {
  constructor(private readonly database: Database) {}

  list(orgId: OrgId, page: PageRequest): Promise<Page<Endpoint>> {
    return this.database.forOrg(orgId, (tx) =>
      newestFirst(tx.selectFrom('endpoints').selectAll().where('org_id', '=', orgId), page, toEndpoint),
    );
  }

  find(orgId: OrgId, id: EndpointId): Promise<Endpoint | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await tx
        .selectFrom('endpoints')
        .selectAll()
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .executeTakeFirst();
      return row ? toEndpoint(row) : null;
    });
  }

  insert(
    orgId: OrgId,
    id: EndpointId,
    { url, description, event_types }: EndpointInput,
    { box, keyId }: Sealed,
    audit: AuditEntry,
  ): Promise<Endpoint> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await tx
        .insertInto('endpoints')
        .values({ org_id: orgId, id, url, description, event_types, secrets: box, key_id: keyId })
        .returningAll()
        .executeTakeFirstOrThrow();
      await appendAudit(tx, orgId, audit);
      return toEndpoint(row);
    });
  }

  update(orgId: OrgId, id: EndpointId, patch: EndpointPatch, audit: AuditEntry): Promise<Endpoint | null> {
    return this.#set(orgId, id, patch, audit);
  }

  remove(orgId: OrgId, id: EndpointId, audit: AuditEntry): Promise<boolean> {
    return this.database.forOrg(orgId, (tx) => removeRow(tx, 'endpoints', orgId, id, audit));
  }

  reseal(
    orgId: OrgId,
    id: EndpointId,
    change: (now: Sealed) => Sealed,
    audit: AuditEntry,
  ): Promise<Endpoint | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const now = await tx
        .selectFrom('endpoints')
        .select(['secrets', 'key_id'])
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      if (!now) return null;
      const { box, keyId } = change({ box: now.secrets, keyId: now.key_id });
      const row = await tx
        .updateTable('endpoints')
        .set({ secrets: box, key_id: keyId, updated_at: sql`now()` })
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirstOrThrow();
      await appendAudit(tx, orgId, audit);
      return toEndpoint(row);
    });
  }

  enable(orgId: OrgId, id: EndpointId, audit: AuditEntry): Promise<Endpoint | null> {
    const enabled = { status: 'active', disabled_reason: null, disabled_at: null, failing_since: null };
    return this.#set(orgId, id, enabled, audit);
  }

  disable(orgId: OrgId, id: EndpointId, reason: string, audit: AuditEntry): Promise<Endpoint | null> {
    return this.#set(
      orgId,
      id,
      { status: 'disabled', disabled_reason: reason, disabled_at: sql`now()` },
      audit,
    );
  }

  sendTest(orgId: OrgId, id: EndpointId, at: Date): Promise<Delivery | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const active = await tx
        .selectFrom('endpoints')
        .select('id')
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .where('status', '=', 'active')
        .forShare()
        .executeTakeFirst();
      if (!active) return null;
      const outboxId = randomIds<OutboxId>();
      const payload = JSON.stringify({ endpoint_id: id });
      await tx
        .insertInto('outbox')
        .values({ org_id: orgId, id: outboxId, type: 'endpoint.test', payload, occurred_at: at })
        .execute();
      const deliveryId = randomIds<DeliveryId>();
      await tx
        .insertInto('deliveries')
        .values({ org_id: orgId, id: deliveryId, outbox_id: outboxId, endpoint_id: id, due_at: at })
        .execute();
      return readDelivery(tx, orgId, deliveryId);
    });
  }

  #set(
    orgId: OrgId,
    id: EndpointId,
    values: UpdateObject<DB, 'endpoints'>,
    audit: AuditEntry,
  ): Promise<Endpoint | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await tx
        .updateTable('endpoints')
        .set({ ...values, updated_at: sql`now()` })
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst();
      if (!row) return null;
      await appendAudit(tx, orgId, audit);
      return toEndpoint(row);
    });
  }
}

const toEndpoint = (row: Selectable<Endpoints>): Endpoint => ({
  id: row.id,
  url: row.url,
  description: row.description,
  event_types: row.event_types,
  status: row.status as Endpoint['status'],
  disabled_reason: row.disabled_reason,
  disabled_at: row.disabled_at?.toISOString() ?? null,
  failing_since: row.failing_since?.toISOString() ?? null,
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
});
