import type { AlertRoute, AlertRouteInput, AlertTarget } from '@halyard/contracts/alerts/alert-route';
import type { AuditEntry } from '@halyard/core/actor';
import type { AlertRouteStore, Notified } from '@halyard/core/alerts/alert-routes';
import type { AlertRouteId } from '@halyard/core/alerts/rule';
import { DomainError } from '@halyard/core/domain-error';
import type { OrgId } from '@halyard/core/ids';
import type { Page, PageRequest } from '@halyard/core/page';
import { sql } from 'kysely';
import { appendAudit } from '../audit.js';
import type { Database, Tx } from '../database.js';
import { normalizedTarget } from '../messages/normalized-target.js';
import { positionIn, toPage } from '../paging.js';
import type { AlertUrl } from './make-notification.js';
import { makeNotification } from './make-notification.js';
import { selectRoutes, toHeldRoute, toRoute } from './route-rows.js';

export class PgAlertRouteStore implements AlertRouteStore {
  constructor(
    private readonly database: Database,
    private readonly urlOf: AlertUrl,
  ) {}

  list(orgId: OrgId, page: PageRequest): Promise<Page<AlertRoute>> {
    const after = positionIn(page.cursor, 1);
    return this.database.forOrg(orgId, async (tx) => {
      let select = selectRoutes(tx, orgId);
      if (after) select = select.where('id', '<', String(after[0]));
      const rows = await select
        .orderBy('id', 'desc')
        .limit(page.limit + 1)
        .execute();
      return toPage(rows, page, toRoute, (row) => [row.id]);
    });
  }

  find(orgId: OrgId, id: AlertRouteId): Promise<AlertRoute | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await selectRoutes(tx, orgId).where('id', '=', id).executeTakeFirst();
      return row ? toRoute(row) : null;
    });
  }

  insert(orgId: OrgId, id: AlertRouteId, input: AlertRouteInput, audit: AuditEntry): Promise<AlertRoute> {
    return this.database.forOrg(orgId, async (tx) => {
      const columns = columnsOf(await checked(tx, orgId, input));
      await tx
        .insertInto('alert_routes')
        .values({ org_id: orgId, id, ...columns })
        .execute();
      await appendAudit(tx, orgId, audit);
      return toRoute(await selectRoutes(tx, orgId).where('id', '=', id).executeTakeFirstOrThrow());
    });
  }

  update(
    orgId: OrgId,
    id: AlertRouteId,
    input: AlertRouteInput,
    audit: AuditEntry,
  ): Promise<AlertRoute | null> {
    return this.database.forOrg(orgId, async (tx) => {
      if (!(await selectRoutes(tx, orgId).where('id', '=', id).forUpdate().executeTakeFirst())) return null;
      await tx
        .updateTable('alert_routes')
        .set({ ...columnsOf(await checked(tx, orgId, input)), problem: null, updated_at: sql`now()` })
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .execute();
      await appendAudit(tx, orgId, audit);
      return toRoute(await selectRoutes(tx, orgId).where('id', '=', id).executeTakeFirstOrThrow());
    });
  }

  remove(orgId: OrgId, id: AlertRouteId, audit: AuditEntry): Promise<boolean> {
    return this.database.forOrg(orgId, async (tx) => {
      const { numDeletedRows } = await tx
        .deleteFrom('alert_routes')
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .executeTakeFirst();
      if (numDeletedRows > 0n) await appendAudit(tx, orgId, audit);
      return numDeletedRows > 0n;
    });
  }

  test(orgId: OrgId, id: AlertRouteId, now: Date, audit: AuditEntry): Promise<Notified | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await selectRoutes(tx, orgId).where('id', '=', id).executeTakeFirst();
      if (!row) return null;
      const told = { alerts: [], test: true };
      const made = await makeNotification(tx, orgId, toHeldRoute(row), told, this.urlOf, now);
      if (made.kind === 'made') await appendAudit(tx, orgId, audit);
      return made;
    });
  }
}

const columnsOf = ({ name, enabled, ...definition }: AlertRouteInput) => ({
  name,
  enabled,
  definition: JSON.stringify(definition),
});

/** With its address as suppressions know it. */
async function checked(tx: Tx, orgId: OrgId, input: AlertRouteInput): Promise<AlertRouteInput> {
  const { target } = input;
  if (target.type === 'endpoint') {
    await mustExist(tx, orgId, 'endpoints', target.endpoint_id, 'endpoint_id');
    return input;
  }
  if (target.connection_id) await mustCarry(tx, orgId, target);
  const { channel, to } = target;
  if (to === undefined) return input;
  const normalized = await normalizedTarget(tx, orgId, { [channel]: to }, [channel], 'body.target.to');
  return { ...input, target: { ...target, to: normalized[channel] ?? to } };
}

async function mustCarry(
  tx: Tx,
  orgId: OrgId,
  { connection_id, channel }: Extract<AlertTarget, { type: 'message' }>,
): Promise<void> {
  const { channels } = await mustExist(tx, orgId, 'connections', connection_id ?? '', 'connection_id');
  if (channels?.includes(channel)) return;
  const message = `This connection does not send on ${channel}.`;
  throw new DomainError('invalid_request', message, [{ path: 'body.target.channel', message }]);
}

async function mustExist(
  tx: Tx,
  orgId: OrgId,
  table: 'endpoints' | 'connections',
  id: string,
  field: string,
): Promise<{ channels?: string[] }> {
  const row = await tx
    .selectFrom(table)
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row) return row;
  const message = `There is no such ${table.slice(0, -1)} in this organization.`;
  throw new DomainError('invalid_request', message, [{ path: `body.target.${field}`, message }]);
}
