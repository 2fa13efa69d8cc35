import type { AlertRoute, AlertRouteInput, AlertTarget } from '@halyard/contracts/alerts/alert-route';
import type { AuditEntry } from '@halyard/core/actor';
import type { AlertRouteStore, Notified } from '@halyard/core/alerts/alert-routes';
import type { AlertRouteId } from '@halyard/core/alerts/rule';
import { postingPlace } from '@halyard/core/delivery/posting-place';
import { DomainError } from '@halyard/core/domain-error';
import type { OrgId } from '@halyard/core/ids';
import type { Page, PageRequest } from '@halyard/core/page';
import { sql } from 'kysely';
import { appendAudit } from '../audit.js';
import type { Database, Tx } from '../database.js';
import { normalizedTarget } from '../messages/normalized-target.js';
import { newestFirst } from '../paging.js';
import { removeRow } from '../remove-row.js';
import type { AlertUrl } from './make-notification.js';
import { makeNotification } from './make-notification.js';
import { selectRoutes, toHeldRoute, toRoute } from './route-rows.js';

export class PgAlertRouteStore implements AlertRouteStore {
  constructor(
    private readonly database: Database,
    private readonly urlOf: AlertUrl,
  ) {}

  list(orgId: OrgId, page: PageRequest): Promise<Page<AlertRoute>> {
    return this.database.forOrg(orgId, (tx) => newestFirst(selectRoutes(tx, orgId), page, toRoute));
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
    return this.database.forOrg(orgId, (tx) => removeRow(tx, 'alert_routes', orgId, id, audit));
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
    await mustBeThere(tx, orgId, target.endpoint_id);
    return input;
  }
  if (target.connection_id) await mustCarry(tx, orgId, target);
  const { channel, to } = target;
  if (to === undefined) return input;
  const normalized = await normalizedTarget(tx, orgId, { [channel]: to }, [channel], 'body.target.to');
  return { ...input, target: { ...target, to: normalized[channel] ?? to } };
}

async function mustBeThere(tx: Tx, orgId: OrgId, id: string): Promise<void> {
  const row = await tx
    .selectFrom('endpoints')
    .select('id')
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw wrong('endpoint_id', 'There is no such endpoint in this organization.');
}

async function mustCarry(
  tx: Tx,
  orgId: OrgId,
  { connection_id, channel, to }: Extract<AlertTarget, { type: 'message' }>,
): Promise<void> {
  const row = await tx
    .selectFrom('connections')
    .select(['channels', 'settings'])
    .where('org_id', '=', orgId)
    .where('id', '=', connection_id ?? '')
    .executeTakeFirst();
  if (!row) throw wrong('connection_id', 'There is no such connection in this organization.');
  if (!row.channels.includes(channel)) throw wrong('channel', `This connection does not send on ${channel}.`);
  if (to === undefined && !postingPlace({ settings: row.settings as Record<string, unknown> }))
    throw wrong('to', 'This connection posts in no place of its own: give an address.');
}

const wrong = (field: string, message: string) =>
  new DomainError('invalid_request', message, [{ path: `body.target.${field}`, message }]);
