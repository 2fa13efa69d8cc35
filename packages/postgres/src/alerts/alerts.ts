import type { Alert, AlertCounts, AlertDetail, WatchedConnection } from '@halyard/contracts/alerts/alert';
import type { AlertQuery } from '@halyard/contracts/alerts/routes';
import type { AuditEntry } from '@halyard/core/actor';
import type { Acted, AlertStore } from '@halyard/core/alerts/alerts';
import type { PersonAct } from '@halyard/core/alerts/person';
import { refusalOf } from '@halyard/core/alerts/person';
import type { AlertId } from '@halyard/core/alerts/rule';
import type { OrgId } from '@halyard/core/ids';
import type { Page } from '@halyard/core/page';
import { sql } from 'kysely';
import { appendAudit } from '../audit.js';
import type { Database, Tx } from '../database.js';
import { newestFirst } from '../paging.js';
import { actOn } from './act-on-alert.js';
import { toAlert, toEntry } from './alert-rows.js';

/** One that is open for months is told of again and again: the latest. */
const mostEntries = 200;

export class PgAlertStore implements AlertStore {
  constructor(private readonly database: Database) {}

  list(orgId: OrgId, query: AlertQuery): Promise<Page<Alert>> {
    return this.database.forOrg(orgId, async (tx) => {
      let select = tx.selectFrom('alerts').selectAll().where('org_id', '=', orgId);
      if (query.status === 'open')
        select = select.where('status', 'in', ['firing', 'acknowledged', 'silenced']);
      else if (query.status) select = select.where('status', '=', query.status);
      if (query.severity) select = select.where('severity', '=', query.severity);
      if (query.rule_id) select = select.where('rule_id', '=', query.rule_id);
      if (query.metric) select = select.where('metric', '=', query.metric);
      if (query.fired_after) select = select.where('fired_at', '>=', new Date(query.fired_after));
      if (query.fired_before) select = select.where('fired_at', '<', new Date(query.fired_before));
      return newestFirst(select, query, toAlert);
    });
  }

  counts(orgId: OrgId): Promise<AlertCounts> {
    return this.database.forOrg(orgId, async (tx) => {
      const open = await sql<AlertCounts['open'][number]>`
        select status, severity, count(*)::int as n from alerts
        where org_id = ${orgId} and status in ('firing', 'acknowledged', 'silenced')
        group by status, severity order by status, severity`.execute(tx);
      const { rows } = await sql<Omit<AlertCounts, 'open'>>`
        select
          (select count(*)::int from alert_rules
           where org_id = ${orgId} and enabled and outcome = 'unknown') as unmeasured_rules,
          (select count(*)::int from failures where org_id = ${orgId} and status = 'open') as open_failures`.execute(
        tx,
      );
      const [rest] = rows;
      if (!rest) throw new Error('A select without a table gave no row.');
      return { open: open.rows, ...rest };
    });
  }

  find(orgId: OrgId, id: AlertId): Promise<AlertDetail | null> {
    return this.database.forOrg(orgId, (tx) => readAlert(tx, orgId, id));
  }

  act(orgId: OrgId, id: AlertId, act: PersonAct, now: Date, audit: AuditEntry): Promise<Acted | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const alert = await hold(tx, orgId, id);
      if (!alert) return null;
      const reason = refusalOf(act, alert.status, now);
      if (reason) return { kind: 'refused', reason };
      await actOn(tx, orgId, alert, act, audit.actor.name ?? audit.actor.id ?? null, now);
      await appendAudit(tx, orgId, audit);
      const after = await readAlert(tx, orgId, id);
      return after && { kind: 'acted', alert: after };
    });
  }

  health(orgId: OrgId): Promise<WatchedConnection[]> {
    return this.database.forOrg(orgId, async (tx) => {
      const { rows } = await sql<
        Omit<WatchedConnection, 'checked_at' | 'failing_since'> & {
          checked_at: Date | null;
          failing_since: Date | null;
        }
      >`
        select c.id as connection_id, c.name, c.provider, h.healthy, h.checked_at, h.failing_since,
          coalesce(h.failures, 0) as failures, h.detail
        from connections c left join connection_health h on h.org_id = c.org_id and h.connection_id = c.id
        where c.org_id = ${orgId} and c.provider = 'n8n' order by c.name`.execute(tx);
      return rows.map(({ checked_at, failing_since, ...rest }) => ({
        ...rest,
        checked_at: checked_at?.toISOString() ?? null,
        failing_since: failing_since?.toISOString() ?? null,
      }));
    });
  }
}

async function hold(tx: Tx, orgId: OrgId, id: AlertId): Promise<Alert | null> {
  const row = await tx
    .selectFrom('alerts')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ? toAlert(row) : null;
}

async function readAlert(tx: Tx, orgId: OrgId, id: AlertId): Promise<AlertDetail | null> {
  const row = await tx
    .selectFrom('alerts')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  const entries = await tx
    .selectFrom('alert_entries')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('alert_id', '=', id)
    .orderBy('id', 'desc')
    .limit(mostEntries)
    .execute();
  return { ...toAlert(row), entries: entries.reverse().map(toEntry) };
}
