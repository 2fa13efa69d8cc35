import type { Alert } from '@halyard/contracts/alerts/alert';
import type { ScopeVerdict } from '@halyard/core/alerts/decide-alerts';
import type { AlertId, WatchedRule } from '@halyard/core/alerts/rule';
import { summaryOf } from '@halyard/core/alerts/summary';
import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { Tx } from '../database.js';
import { toAlert } from './alert-rows.js';

/** The alert as it is now; null when there is none, and was none. */
export async function writeAlert(
  tx: Tx,
  orgId: OrgId,
  rule: WatchedRule,
  verdict: ScopeVerdict,
  locale: string,
  now: Date,
): Promise<Alert | null> {
  const { alert, alertId, value, reason, scope, name } = verdict;
  if (!alertId) return alert ? insertAlert(tx, orgId, rule, verdict, locale, now) : null;
  const summary =
    alert && (value !== null || alert.cause === 'unmeasured')
      ? { summary: summaryOf(rule, { cause: alert.cause, value, reason, name }, locale) }
      : {};
  const row = await tx
    .updateTable('alerts')
    .set({
      value,
      ...(name !== null && { scope_name: name }),
      ...summary,
      ...(alert
        ? {
            status: alert.status,
            cause: alert.cause,
            silenced_until: alert.silencedUntil,
            notified_at: alert.notifiedAt,
          }
        : { status: 'resolved', resolved_at: now, silenced_until: null }),
    })
    .where('org_id', '=', orgId)
    .where('rule_id', '=', rule.id)
    .where('scope', '=', scope)
    .where('id', '=', alertId)
    .returningAll()
    .executeTakeFirstOrThrow();
  return toAlert(row);
}

async function insertAlert(
  tx: Tx,
  orgId: OrgId,
  rule: WatchedRule,
  { alert, scope, name, value, reason }: ScopeVerdict,
  locale: string,
  now: Date,
): Promise<Alert> {
  const cause = alert?.cause ?? 'threshold';
  const row = await tx
    .insertInto('alerts')
    .values({
      org_id: orgId,
      id: randomIds<AlertId>(),
      rule_id: rule.id,
      rule_name: rule.name,
      metric: rule.metric,
      severity: rule.severity,
      scope,
      scope_name: name,
      cause,
      summary: summaryOf(rule, { cause, value, reason, name }, locale),
      value,
      threshold: rule.threshold,
      fired_at: now,
      notified_at: alert?.notifiedAt ?? null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toAlert(row);
}
