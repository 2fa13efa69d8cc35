import type { Alert } from '@halyard/contracts/alerts/alert';
import type { RuleVerdict, ScopeVerdict } from '@halyard/core/alerts/decide-alerts';
import type { AlertId, WatchedRule } from '@halyard/core/alerts/rule';
import { freshWatch } from '@halyard/core/alerts/step';
import type { OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import type { NewEntry } from './alert-rows.js';
import { addEntries, addNotices, tellOfAlerts } from './alert-rows.js';
import type { HeldRoute } from './route-rows.js';
import { writeAlert } from './write-alert.js';

/** Writes what becomes of rules and their alerts, and gathers what people are to be told, in the caller's transaction. */
export async function writeVerdicts(
  tx: Tx,
  orgId: OrgId,
  verdicts: readonly RuleVerdict[],
  routes: readonly HeldRoute[],
  now: Date,
): Promise<void> {
  if (verdicts.length === 0) return;
  await writeOutcomes(tx, orgId, verdicts, now);
  const locale = await localeOf(tx, orgId);
  for (const { rule, scopes } of verdicts)
    for (const verdict of scopes) {
      await writeWatch(tx, orgId, rule, verdict);
      const alert = await writeAlert(tx, orgId, rule, verdict, locale, now);
      if (alert) await writeHappenings(tx, orgId, alert, verdict, routes, now);
    }
}

async function writeOutcomes(
  tx: Tx,
  orgId: OrgId,
  verdicts: readonly RuleVerdict[],
  now: Date,
): Promise<void> {
  const rows = verdicts.map(({ rule, outcome, value, detail }) => ({ id: rule.id, outcome, value, detail }));
  await sql`
    update alert_rules r set outcome = given.outcome, value = given.value, detail = given.detail, evaluated_at = ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given (id uuid, outcome text, value double precision, detail text)
    where r.org_id = ${orgId} and r.id = given.id`.execute(tx);
}

async function localeOf(tx: Tx, orgId: OrgId): Promise<string> {
  const row = await tx
    .selectFrom('organization_settings')
    .select('locale')
    .where('org_id', '=', orgId)
    .executeTakeFirst();
  return row?.locale ?? 'en';
}

async function writeWatch(
  tx: Tx,
  orgId: OrgId,
  { id }: WatchedRule,
  { scope, watch, alert }: ScopeVerdict,
): Promise<void> {
  const isFresh = Object.keys(freshWatch).every((name) => watch[name as keyof typeof watch] === null);
  if (isFresh && !alert) {
    await tx
      .deleteFrom('alert_watches')
      .where('org_id', '=', orgId)
      .where('rule_id', '=', id)
      .where('scope', '=', scope)
      .execute();
    return;
  }
  const { breachedSince, recoveredSince, unknownSince, heldUntil } = watch;
  await sql`
    insert into alert_watches (org_id, rule_id, scope, breached_since, recovered_since, unknown_since, held_until)
    values (${orgId}, ${id}, ${scope}, ${breachedSince}, ${recoveredSince}, ${unknownSince}, ${heldUntil})
    on conflict (org_id, rule_id, scope) do update set breached_since = excluded.breached_since,
      recovered_since = excluded.recovered_since, unknown_since = excluded.unknown_since,
      held_until = excluded.held_until`.execute(tx);
}

async function writeHappenings(
  tx: Tx,
  orgId: OrgId,
  alert: Alert,
  { happened, notice, value, reason }: ScopeVerdict,
  routes: readonly HeldRoute[],
  now: Date,
): Promise<void> {
  const alertId = alert.id as AlertId;
  const entries: NewEntry[] = happened.map((one) => ({
    alertId,
    kind: one.kind,
    value,
    note: ('note' in one ? one.note : null) ?? reason,
  }));
  const taken = notice ? await addNotices(tx, orgId, alert, notice, routes, now) : 0;
  if (notice === 'fired' && taken === 0)
    entries.push({ alertId, kind: 'not_notified', note: 'No route takes alerts of this rule and severity.' });
  await addEntries(tx, orgId, entries, now);
  const told = happened.flatMap(({ kind }) =>
    kind === 'fired' || kind === 'resolved' ? [{ type: `alert.${kind}`, alert } as const] : [],
  );
  await tellOfAlerts(tx, orgId, told, now);
}
