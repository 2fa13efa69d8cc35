import type { RuleVerdict } from '@halyard/core/alerts/decide-alerts';
import { decideAlerts } from '@halyard/core/alerts/decide-alerts';
import type { EvaluationStore } from '@halyard/core/alerts/evaluate-alerts';
import type { OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Database, Tx } from '../database.js';
import type { AlertUrl } from './make-notification.js';
import { measure } from './measure.js';
import { notify } from './notify.js';
import { heldRoutes } from './route-rows.js';
import { toWatchedRule } from './rule-rows.js';
import { loadStandings } from './standings.js';
import { writeVerdicts } from './write-verdicts.js';

/** Looks at rules over all organizations, for the worker. */
export class PgEvaluationStore implements EvaluationStore {
  constructor(
    private readonly database: Database,
    private readonly urlOf: AlertUrl,
  ) {}

  due(before: Date): Promise<OrgId[]> {
    return this.database.across(async (tx) => {
      const { rows } = await sql<{ org_id: OrgId }>`
        with watched as (
          select org_id from alert_rules where enabled
          union
          select org_id from alert_notices
          union
          select org_id from connections where provider = 'n8n' and status = 'active'
        )
        select watched.org_id from watched left join alert_clocks clock on clock.org_id = watched.org_id
        where coalesce(clock.evaluated_at <= ${before}, true)
        order by clock.evaluated_at nulls first`.execute(tx);
      return rows.map(({ org_id }) => org_id);
    });
  }

  evaluate(orgId: OrgId, before: Date, now: Date): Promise<boolean> {
    return this.database.across(async (tx) => {
      if (!(await takeClock(tx, orgId, before, now))) return false;
      const rules = await heldRules(tx, orgId);
      const standings = await loadStandings(tx, orgId);
      const routes = await heldRoutes(tx, orgId);
      const verdicts: RuleVerdict[] = [];
      for (const rule of rules) {
        const measured = await measure(tx, orgId, rule, now);
        verdicts.push(decideAlerts(rule, measured, standings.get(rule.id) ?? [], now));
      }
      await writeVerdicts(tx, orgId, verdicts, routes, now);
      await notify(tx, orgId, routes, this.urlOf, now);
      return true;
    });
  }
}

/** False when another worker is at it, or was since. */
async function takeClock(tx: Tx, orgId: OrgId, before: Date, now: Date): Promise<boolean> {
  await sql`
    insert into alert_clocks (org_id) select org_id from organization_settings where org_id = ${orgId}
    on conflict do nothing`.execute(tx);
  const { rows } = await sql<{ evaluated_at: Date }>`
    select from alert_clocks where org_id = ${orgId} and evaluated_at <= ${before} for update skip locked`.execute(
    tx,
  );
  if (rows.length === 0) return false;
  await sql`update alert_clocks set evaluated_at = ${now} where org_id = ${orgId}`.execute(tx);
  return true;
}

/** Whoever changes or removes one meanwhile waits: what it fires must not be left open. */
async function heldRules(tx: Tx, orgId: OrgId) {
  const rows = await tx
    .selectFrom('alert_rules')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('enabled', '=', true)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  return rows.map(toWatchedRule);
}
