import type { Failure, FailureQuery } from '@halyard/contracts/alerts/failure';
import type { AuditEntry } from '@halyard/core/actor';
import type { FailureReport, FailureStore } from '@halyard/core/alerts/failures';
import { foldedInto, mostNewFailures } from '@halyard/core/alerts/failures';
import type { FailureId } from '@halyard/core/alerts/rule';
import type { OrgId } from '@halyard/core/ids';
import { firstIdAt, randomIds } from '@halyard/core/ids';
import type { OutboxId } from '@halyard/core/outbox/outbox-event';
import type { Page } from '@halyard/core/page';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import { appendAudit } from '../audit.js';
import type { Database, Tx } from '../database.js';
import { tellOutside } from '../outbox-writer.js';
import { positionIn, toPage } from '../paging.js';
import type { Failures } from '../schema.gen.js';

export class PgFailureStore implements FailureStore {
  constructor(private readonly database: Database) {}

  record(orgId: OrgId, report: FailureReport): Promise<Failure> {
    return this.database.forOrg(orgId, (tx) => recordFailure(tx, orgId, report));
  }

  list(orgId: OrgId, query: FailureQuery): Promise<Page<Failure>> {
    const after = positionIn(query.cursor, 2);
    return this.database.forOrg(orgId, async (tx) => {
      let select = tx.selectFrom('failures').selectAll().where('org_id', '=', orgId);
      if (query.kind) select = select.where('kind', '=', query.kind);
      if (query.service) select = select.where('service', '=', query.service);
      if (query.severity) select = select.where('severity', '=', query.severity);
      if (query.status) select = select.where('status', '=', query.status);
      if (query.since) select = select.where('last_at', '>=', new Date(query.since));
      if (after)
        select = select.where(
          sql<boolean>`(last_at, id) < (${String(after[0])}::timestamptz, ${String(after[1])}::uuid)`,
        );
      const rows = await select
        .orderBy('last_at', 'desc')
        .orderBy('id', 'desc')
        .limit(query.limit + 1)
        .execute();
      return toPage(rows, query, toFailure, (row) => [row.last_at.toISOString(), row.id]);
    });
  }

  find(orgId: OrgId, id: FailureId): Promise<Failure | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await tx
        .selectFrom('failures')
        .selectAll()
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .executeTakeFirst();
      return row ? toFailure(row) : null;
    });
  }

  resolve(orgId: OrgId, id: FailureId, now: Date, audit: AuditEntry): Promise<Failure | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await tx
        .updateTable('failures')
        .set({
          status: 'resolved',
          resolved_at: sql`coalesce(resolved_at, ${now})`,
          resolved_by: sql`coalesce(resolved_by, ${audit.actor.name ?? audit.actor.id ?? null})`,
        })
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst();
      if (!row) return null;
      await appendAudit(tx, orgId, audit);
      return toFailure(row);
    });
  }
}

/**
 * Counts a failure in the caller's transaction, and tells the outside when it is new, or was resolved. Afterwards the caller
 * pokes `outbox`. What is reported late changes neither the message nor the time of the latest.
 */
export async function recordFailure(tx: Tx, orgId: OrgId, report: FailureReport): Promise<Failure> {
  const before = await heldFailure(tx, orgId, report);
  if (before !== undefined || report.kind === 'job' || !(await areTooMany(tx, orgId)))
    return count(tx, orgId, report, before);
  const folded = foldedInto(report);
  return count(tx, orgId, folded, await heldFailure(tx, orgId, folded));
}

/** Whoever reports makes the fingerprints: their ids tell when we heard of each, whatever the report says of the time. */
async function areTooMany(tx: Tx, orgId: OrgId): Promise<boolean> {
  const { rows } = await sql`
    select from failures where org_id = ${orgId} and id >= ${firstIdAt(new Date(Date.now() - anHourMs))}
      and kind = 'reported' limit ${mostNewFailures}`.execute(tx);
  return rows.length === mostNewFailures;
}

const anHourMs = 3_600_000;

async function count(
  tx: Tx,
  orgId: OrgId,
  report: FailureReport,
  before: string | undefined,
): Promise<Failure> {
  const { kind, service, fingerprint, message, severity, details, at } = report;
  const { rows } = await sql<Selectable<Failures>>`
    insert into failures as f (org_id, id, kind, service, fingerprint, message, severity, details, first_at, last_at)
    values (${orgId}, ${randomIds<FailureId>()}, ${kind}, ${service}, ${fingerprint}, ${message}, ${severity},
      ${JSON.stringify(details)}::jsonb, ${at}, ${at})
    on conflict (org_id, service, fingerprint) do update set
      count = f.count + 1,
      status = 'open', resolved_at = null, resolved_by = null,
      message = case when excluded.last_at >= f.last_at then excluded.message else f.message end,
      severity = case when excluded.last_at >= f.last_at then excluded.severity else f.severity end,
      details = case when excluded.last_at >= f.last_at then excluded.details else f.details end,
      first_at = least(f.first_at, excluded.first_at), last_at = greatest(f.last_at, excluded.last_at)
    returning *`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error('An insert that returns its row gave none.');
  await sql`
    insert into failure_figures as f (org_id, quarter, failure_id, severity, count)
    values (${orgId}, date_bin('15 minutes', ${at}::timestamptz, timestamptz '2000-01-01 00:00:00Z'), ${row.id}, ${severity}, 1)
    on conflict (org_id, quarter, failure_id, severity) do update set count = f.count + 1`.execute(tx);
  const failure = toFailure(row);
  if (failure.count === 1 || before === 'resolved') await tellOpened(tx, orgId, failure, at);
  return failure;
}

/** How it stood before; others who report the same wait. */
async function heldFailure(
  tx: Tx,
  orgId: OrgId,
  { service, fingerprint }: FailureReport,
): Promise<string | undefined> {
  const row = await tx
    .selectFrom('failures')
    .select('status')
    .where('org_id', '=', orgId)
    .where('service', '=', service)
    .where('fingerprint', '=', fingerprint)
    .forUpdate()
    .executeTakeFirst();
  return row?.status;
}

async function tellOpened(tx: Tx, orgId: OrgId, failure: Failure, at: Date): Promise<void> {
  const { id, kind, service, message, severity, fingerprint, count } = failure;
  const payload = { failure_id: id, kind, service, message, severity, fingerprint, count };
  await tellOutside(tx, [
    { orgId, id: randomIds<OutboxId>(), type: 'failure.opened', payload, occurredAt: at },
  ]);
}

const toFailure = (row: Selectable<Failures>): Failure => ({
  id: row.id,
  kind: row.kind as Failure['kind'],
  service: row.service,
  message: row.message,
  severity: row.severity as Failure['severity'],
  fingerprint: row.fingerprint,
  count: row.count,
  first_at: row.first_at.toISOString(),
  last_at: row.last_at.toISOString(),
  details: row.details as Failure['details'],
  status: row.status as Failure['status'],
  resolved_at: row.resolved_at?.toISOString() ?? null,
  resolved_by: row.resolved_by,
});
