import type { Delivery, DeliveryQuery, DeliveryWithBody } from '@halyard/contracts/outbox/routes';
import type { Actor } from '@halyard/core/actor';
import type { DeliveryId, EndpointId, OrgId } from '@halyard/core/ids';
import type { DeliveryStore } from '@halyard/core/outbox/deliveries';
import type { Page } from '@halyard/core/page';
import { sql } from 'kysely';
import { appendAudit } from './audit.js';
import type { Database, Tx } from './database.js';
import { positionIn, toPage } from './paging.js';

export class PgDeliveryStore implements DeliveryStore {
  constructor(private readonly database: Database) {}

  list(orgId: OrgId, endpointId: EndpointId, query: DeliveryQuery): Promise<Page<Delivery> | null> {
    const after = positionIn(query.cursor, 1);
    return this.database.forOrg(orgId, async (tx) => {
      if (!(await isEndpoint(tx, orgId, endpointId))) return null;
      let select = selectDeliveries(tx, orgId).where('deliveries.endpoint_id', '=', endpointId);
      if (query.status) select = select.where('deliveries.status', '=', query.status);
      if (after) select = select.where('deliveries.id', '<', String(after[0]));
      const rows = await select
        .orderBy('deliveries.id', 'desc')
        .limit(query.limit + 1)
        .execute();
      return toPage(rows, query, toDelivery, (row) => [row.id]);
    });
  }

  find(orgId: OrgId, id: DeliveryId): Promise<DeliveryWithBody | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await selectDeliveries(tx, orgId)
        .select(['outbox.payload', 'outbox.occurred_at'])
        .where('deliveries.id', '=', id)
        .executeTakeFirst();
      if (!row) return null;
      const body = { type: row.type, timestamp: row.occurred_at.toISOString(), data: row.payload };
      return { ...toDelivery(row), body };
    });
  }

  replay(orgId: OrgId, id: DeliveryId, actor: Actor): Promise<Delivery | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('deliveries')
        .set(fromTheStart)
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return null;
      await appendAudit(tx, orgId, { actor, action: 'delivery.replayed', target: { type: 'delivery', id } });
      return readDelivery(tx, orgId, id);
    });
  }

  replaySince(
    orgId: OrgId,
    endpointId: EndpointId,
    { since, failedOnly }: { since: Date; failedOnly: boolean },
    actor: Actor,
  ): Promise<number | null> {
    return this.database.forOrg(orgId, async (tx) => {
      if (!(await isEndpoint(tx, orgId, endpointId))) return null;
      let again = tx
        .updateTable('deliveries')
        .set(fromTheStart)
        .where('org_id', '=', orgId)
        .where('endpoint_id', '=', endpointId)
        .where('created_at', '>=', since)
        .where('status', '!=', 'pending');
      if (failedOnly) again = again.where('status', '=', 'failed');
      const { numUpdatedRows } = await again.executeTakeFirst();
      const added = failedOnly ? 0 : await addMissed(tx, orgId, endpointId, since);
      const replayed = Number(numUpdatedRows) + added;
      await appendAudit(tx, orgId, {
        actor,
        action: 'endpoint.replayed',
        target: { type: 'endpoint', id: endpointId },
        changes: { since, failed_only: failedOnly, replayed },
      });
      return replayed;
    });
  }
}

const fromTheStart = {
  status: 'pending',
  tries: 0,
  due_at: sql<Date>`now()`,
  lease_until: null,
  lease_owner: null,
  finished_at: null,
} as const;

/** What others were told since then and this endpoint wants, but was not told of: it was made, or disabled, later. */
async function addMissed(tx: Tx, orgId: OrgId, endpointId: EndpointId, since: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into deliveries (org_id, id, outbox_id, endpoint_id)
    select outbox.org_id, gen_random_uuid(), outbox.id, endpoints.id
    from outbox join endpoints on endpoints.org_id = outbox.org_id and endpoints.id = ${endpointId}
      and (outbox.type = any (endpoints.event_types) or '*' = any (endpoints.event_types))
    where outbox.org_id = ${orgId} and outbox.occurred_at >= ${since} and outbox.type <> 'endpoint.test'
      and not exists (
        select from deliveries told
        where told.org_id = outbox.org_id and told.outbox_id = outbox.id and told.endpoint_id = endpoints.id)`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0n);
}

const isEndpoint = async (tx: Tx, orgId: OrgId, id: EndpointId): Promise<boolean> =>
  (await tx
    .selectFrom('endpoints')
    .select('id')
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst()) !== undefined;

const selectDeliveries = (tx: Tx, orgId: OrgId) =>
  tx
    .selectFrom('deliveries')
    .innerJoin('outbox', (join) =>
      join.onRef('outbox.org_id', '=', 'deliveries.org_id').onRef('outbox.id', '=', 'deliveries.outbox_id'),
    )
    .selectAll('deliveries')
    .select('outbox.type')
    .where('deliveries.org_id', '=', orgId);

type DeliveryRow = Awaited<ReturnType<ReturnType<typeof selectDeliveries>['executeTakeFirstOrThrow']>>;

export const readDelivery = async (tx: Tx, orgId: OrgId, id: DeliveryId): Promise<Delivery> =>
  toDelivery(await selectDeliveries(tx, orgId).where('deliveries.id', '=', id).executeTakeFirstOrThrow());

const toDelivery = (row: DeliveryRow): Delivery => ({
  id: row.id,
  webhook_id: row.outbox_id,
  endpoint_id: row.endpoint_id,
  type: row.type,
  status: row.status as Delivery['status'],
  tries: row.tries,
  due_at: row.status === 'pending' ? row.due_at.toISOString() : null,
  last_status: row.last_status,
  last_error: row.last_error,
  created_at: row.created_at.toISOString(),
  finished_at: row.finished_at?.toISOString() ?? null,
});
