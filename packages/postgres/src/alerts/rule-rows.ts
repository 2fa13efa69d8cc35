import type { AlertRule, AlertRuleInput } from '@halyard/contracts/alerts/rule';
import type { AlertId, AlertRuleId, WatchedRule } from '@halyard/core/alerts/rule';
import type { OrgId } from '@halyard/core/ids';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import type { AlertRules } from '../schema.gen.js';
import { addEntries, addNotices, tellOfAlerts, toAlert } from './alert-rows.js';
import { heldRoutes } from './route-rows.js';

export type RuleRow = Selectable<AlertRules> & { open_alerts: number; is_stale: boolean };

/** What was not looked at for so long says nothing about now. */
const stale = sql<boolean>`evaluated_at is null or evaluated_at < now() - interval '5 minutes'`;

export const selectRules = (tx: Tx, orgId: OrgId) =>
  tx
    .selectFrom('alert_rules')
    .selectAll()
    .select([
      stale.as('is_stale'),
      sql<number>`(select count(*)::int from alerts a where a.org_id = alert_rules.org_id
        and a.rule_id = alert_rules.id and a.status <> 'resolved')`.as('open_alerts'),
    ])
    .where('org_id', '=', orgId);

/** The columns that hold what people wrote. */
export const columnsOf = ({ name, severity, metric, enabled, ...definition }: AlertRuleInput) => ({
  name,
  severity,
  metric,
  enabled,
  definition: JSON.stringify(definition),
});

const inputOf = (row: Selectable<AlertRules>): AlertRuleInput => ({
  ...(row.definition as Omit<AlertRuleInput, 'name' | 'severity' | 'metric' | 'enabled'>),
  name: row.name,
  severity: row.severity as AlertRuleInput['severity'],
  metric: row.metric as AlertRuleInput['metric'],
  enabled: row.enabled,
});

export const toWatchedRule = (row: Selectable<AlertRules>): WatchedRule => ({
  id: row.id as AlertRuleId,
  ...inputOf(row),
});

export const toRule = (row: RuleRow): AlertRule => ({
  id: row.id,
  key: row.key,
  ...inputOf(row),
  state: {
    status: statusOf(row),
    value: row.value,
    detail: row.detail,
    evaluated_at: row.evaluated_at?.toISOString() ?? null,
    open_alerts: row.open_alerts,
  },
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
});

const statusOf = ({ enabled, outcome, is_stale }: RuleRow): AlertRule['state']['status'] => {
  if (!enabled) return 'disabled';
  if (is_stale || outcome === null) return 'waiting';
  return outcome as AlertRule['state']['status'];
};

/** Ends what a rule had fired, as it is not looked at any more. Afterwards the caller pokes `outbox`. */
export async function closeAlertsOf(
  tx: Tx,
  orgId: OrgId,
  ruleId: AlertRuleId,
  note: string,
  by: string | null,
  now: Date,
): Promise<void> {
  const rows = await tx
    .updateTable('alerts')
    .set({ status: 'resolved', resolved_at: now, resolved_by: by, silenced_until: null })
    .where('org_id', '=', orgId)
    .where('rule_id', '=', ruleId)
    .where('status', '!=', 'resolved')
    .returningAll()
    .execute();
  const alerts = rows.map(toAlert);
  const entries = alerts.map(({ id }) => ({ alertId: id as AlertId, kind: 'resolved', by, note }) as const);
  await addEntries(tx, orgId, entries, now);
  await tellOfAlerts(
    tx,
    orgId,
    alerts.map((alert) => ({ type: 'alert.resolved', alert })),
    now,
  );
  const routes = alerts.length ? await heldRoutes(tx, orgId) : [];
  for (const alert of alerts) await addNotices(tx, orgId, alert, 'resolved', routes, now);
}
