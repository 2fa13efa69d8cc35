import { randomUUID } from 'node:crypto';
import { automation } from '@halyard/core/actor';
import type { DeliveryId, EndpointId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { AfterTry } from '@halyard/core/outbox/after-try';
import type { ClaimedDelivery } from '@halyard/core/outbox/claimed-delivery';
import type { DeliveryQueue } from '@halyard/core/outbox/deliver';
import type { OutboxId } from '@halyard/core/outbox/outbox-event';
import { sql } from 'kysely';
import { appendAudit } from './audit.js';
import type { Database, Tx } from './database.js';
import { tellOutside } from './outbox-writer.js';

/** Longer than a try may take (15 s), and short: what a dead process holds keeps its endpoint's room until then. */
const leaseSeconds = 30;
/** So many requests at one endpoint at a time, over all processes. */
const perEndpoint = 5;

/** The Tell loop's side of the database, for the worker. */
export class PgDeliveryQueue implements DeliveryQueue {
  /** Names this process in leases. */
  readonly #owner = randomUUID();

  constructor(private readonly database: Database) {}

  claim(limit: number, now: Date): Promise<ClaimedDelivery[]> {
    return this.database.lookAcross(async (db) => {
      const { rows } = await sql<ClaimedRow>`
        with candidates as (
          select due.org_id, due.id,
            row_number() over (partition by due.org_id order by due.due_at) as turn
          from endpoints
          cross join lateral (
            select count(*) as n from deliveries busy
            where busy.org_id = endpoints.org_id and busy.endpoint_id = endpoints.id and busy.lease_until > ${now}
          ) busy
          cross join lateral (
            select org_id, id, due_at from deliveries
            where org_id = endpoints.org_id and endpoint_id = endpoints.id and status = 'pending'
              and due_at <= ${now} and (lease_until is null or lease_until <= ${now})
            order by due_at limit greatest(0, ${perEndpoint} - busy.n)
          ) due
          where endpoints.status = 'active'
        ), taken as (
          select deliveries.org_id, deliveries.id
          from (select * from candidates order by turn limit ${limit}) picked
          join deliveries on deliveries.org_id = picked.org_id and deliveries.id = picked.id
          where deliveries.status = 'pending' and (deliveries.lease_until is null or deliveries.lease_until <= ${now})
          for update of deliveries skip locked
        ), leased as (
          update deliveries set tries = tries + 1, lease_owner = ${this.#owner},
            lease_until = ${now}::timestamptz + make_interval(secs => ${leaseSeconds})
          from taken where deliveries.org_id = taken.org_id and deliveries.id = taken.id
          returning deliveries.*
        )
        select leased.org_id, leased.id, leased.tries, outbox.id as outbox_id, outbox.type, outbox.payload,
          outbox.occurred_at, outbox.trace_context, endpoints.id as endpoint_id, endpoints.url, endpoints.secrets, endpoints.key_id,
          endpoints.failing_since
        from leased
        join outbox on outbox.org_id = leased.org_id and outbox.id = leased.outbox_id
        join endpoints on endpoints.org_id = leased.org_id and endpoints.id = leased.endpoint_id`.execute(db);
      return rows.map(toClaimed);
    });
  }

  record(delivery: ClaimedDelivery, after: AfterTry, now: Date): Promise<void> {
    const { orgId, endpoint } = delivery;
    return this.database.across(async (tx) => {
      if (!(await this.#finish(tx, delivery, after, now))) return;
      const works = after.delivery === 'delivered';
      // Written only when it changes, so that a busy endpoint's row is not rewritten at every delivery.
      await sql`
        update endpoints set failing_since = ${works ? null : now}
        where org_id = ${orgId} and id = ${endpoint.id} and (failing_since is null) <> ${works}`.execute(tx);
      if (after.delivery !== 'delivered' && after.disable) await disable(tx, delivery, after.disable, now);
      if (after.delivery === 'failed') await askForReview(tx, delivery, after.error);
    });
  }

  async nextDueAt(now: Date): Promise<Date | null> {
    return this.database.lookAcross(async (db) => {
      const { rows } = await sql<{ at: Date | null }>`
        select least(
          (select due_at from deliveries where status = 'pending' and due_at > ${now} order by due_at limit 1),
          (select min(lease_until) from deliveries where lease_until > ${now})
        ) as at`.execute(db);
      return rows[0]?.at ?? null;
    });
  }

  /** Only who holds the lease writes: a process that was away too long lost it, and another one tries. */
  async #finish(tx: Tx, { orgId, id }: ClaimedDelivery, after: AfterTry, now: Date): Promise<boolean> {
    const failed = after.delivery === 'delivered' ? null : after.error;
    const { numUpdatedRows } = await tx
      .updateTable('deliveries')
      .set({
        status: after.delivery === 'retry' ? 'pending' : after.delivery,
        ...(after.delivery === 'retry' ? { due_at: after.dueAt } : { finished_at: now }),
        lease_until: null,
        lease_owner: null,
        last_status: after.status,
        last_error: failed,
      })
      .where('org_id', '=', orgId)
      .where('id', '=', id)
      .where('lease_owner', '=', this.#owner)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }
}

/** Once: the first failure that finds the endpoint still active disables it, tells the others and leaves a trace. */
async function disable(
  tx: Tx,
  { orgId, endpoint }: ClaimedDelivery,
  reason: string,
  at: Date,
): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('endpoints')
    .set({ status: 'disabled', disabled_reason: reason, disabled_at: at, updated_at: at })
    .where('org_id', '=', orgId)
    .where('id', '=', endpoint.id)
    .where('status', '=', 'active')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return;
  const payload = { endpoint_id: endpoint.id, url: endpoint.url, reason };
  await tellOutside(tx, [
    { orgId, id: randomIds<OutboxId>(), type: 'endpoint.disabled', payload, occurredAt: at },
  ]);
  await appendAudit(tx, orgId, {
    actor: automation('webhooks'),
    action: 'endpoint.disabled',
    target: { type: 'endpoint', id: endpoint.id },
    changes: { reason },
  });
}

const askForReview = (tx: Tx, { orgId, id, outbox, endpoint }: ClaimedDelivery, reason: string) =>
  tx
    .insertInto('review_items')
    .values({
      org_id: orgId,
      id: randomIds(),
      kind: 'failed_delivery',
      subject_type: 'delivery',
      subject_id: id,
      reason,
      detail: JSON.stringify({ endpoint_id: endpoint.id, url: endpoint.url, type: outbox.type }),
    })
    .execute();

interface ClaimedRow {
  org_id: string;
  id: string;
  tries: number;
  outbox_id: string;
  type: string;
  payload: unknown;
  occurred_at: Date;
  trace_context: string | null;
  endpoint_id: string;
  url: string;
  secrets: Buffer;
  key_id: string;
  failing_since: Date | null;
}

const toClaimed = (row: ClaimedRow): ClaimedDelivery => ({
  orgId: row.org_id as OrgId,
  id: row.id as DeliveryId,
  tries: row.tries,
  outbox: {
    id: row.outbox_id as OutboxId,
    type: row.type,
    payload: row.payload,
    occurredAt: row.occurred_at,
    trace: row.trace_context,
  },
  endpoint: {
    id: row.endpoint_id as EndpointId,
    url: row.url,
    secrets: row.secrets,
    keyId: row.key_id,
    failingSince: row.failing_since,
  },
});
