import type { Standing } from '@halyard/core/alerts/decide-alerts';
import type { AlertId, AlertRuleId } from '@halyard/core/alerts/rule';
import type { OpenAlert } from '@halyard/core/alerts/step';
import { freshWatch } from '@halyard/core/alerts/step';
import type { OrgId } from '@halyard/core/ids';
import type { Tx } from '../database.js';

/** How the rules of an organization stood until now. A person who acts on an alert meanwhile waits. */
export async function loadStandings(tx: Tx, orgId: OrgId): Promise<Map<AlertRuleId, Standing[]>> {
  const alerts = await tx
    .selectFrom('alerts')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('status', 'in', ['firing', 'acknowledged', 'silenced'])
    .orderBy('id')
    .forUpdate()
    .execute();
  const watches = await tx.selectFrom('alert_watches').selectAll().where('org_id', '=', orgId).execute();
  const standings = new Map<string, Standing & { ruleId: AlertRuleId }>();
  for (const row of watches)
    standings.set(`${row.rule_id} ${row.scope}`, {
      ruleId: row.rule_id as AlertRuleId,
      scope: row.scope,
      name: null,
      alert: null,
      watch: {
        breachedSince: row.breached_since,
        recoveredSince: row.recovered_since,
        unknownSince: row.unknown_since,
        heldUntil: row.held_until,
      },
    });
  for (const row of alerts) {
    const key = `${row.rule_id} ${row.scope}`;
    standings.set(key, {
      ruleId: row.rule_id as AlertRuleId,
      scope: row.scope,
      name: row.scope_name,
      watch: standings.get(key)?.watch ?? freshWatch,
      alert: {
        id: row.id as AlertId,
        status: row.status as OpenAlert['status'],
        cause: row.cause as OpenAlert['cause'],
        silencedUntil: row.silenced_until,
        notifiedAt: row.notified_at,
      },
    });
  }
  return Map.groupBy(standings.values(), ({ ruleId }) => ruleId);
}
