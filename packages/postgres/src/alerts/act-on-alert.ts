import type { Alert } from '@halyard/contracts/alerts/alert';
import type { PersonAct } from '@halyard/core/alerts/person';
import { statusAfter } from '@halyard/core/alerts/person';
import type { AlertId } from '@halyard/core/alerts/rule';
import type { OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { addEntries, addNotices, tellOfAlerts, toAlert } from './alert-rows.js';
import { heldRoutes } from './route-rows.js';

/** Does what a person decided about an alert that is open, with all that follows, in the caller's transaction. */
export async function actOn(
  tx: Tx,
  orgId: OrgId,
  before: Alert,
  act: PersonAct,
  by: string | null,
  now: Date,
): Promise<void> {
  const row = await tx
    .updateTable('alerts')
    .set(columnsAfter(act, by, now))
    .where('org_id', '=', orgId)
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const alert = toAlert(row);
  const kind = pastOf[act.kind];
  await addEntries(tx, orgId, [{ alertId: alert.id as AlertId, kind, by, note: act.note }], now);
  await tellOfAlerts(tx, orgId, [{ type: `alert.${kind}`, alert }], now);
  if (act.kind !== 'resolve') return dropNotices(tx, orgId, alert, act);
  await letBe(tx, orgId, alert, now);
  if (before.status !== 'silenced')
    await addNotices(tx, orgId, alert, 'resolved', await heldRoutes(tx, orgId), now);
}

const pastOf = { acknowledge: 'acknowledged', silence: 'silenced', resolve: 'resolved' } as const;

function columnsAfter(act: PersonAct, by: string | null, now: Date) {
  const status = statusAfter(act);
  switch (act.kind) {
    case 'acknowledge':
      return { status, acknowledged_at: now, acknowledged_by: by, silenced_until: null };
    case 'silence':
      return { status, silenced_until: act.until };
    case 'resolve':
      return { status, resolved_at: now, resolved_by: by, silenced_until: null };
  }
}

/** Who is told nothing is told nothing that waits either; who takes care needs no reminder. */
const dropNotices = async (tx: Tx, orgId: OrgId, { id }: Alert, { kind }: PersonAct): Promise<void> => {
  await sql`
    delete from alert_notices where org_id = ${orgId} and alert_id = ${id}
      and (${kind === 'silence'} or kind = 'reminded')`.execute(tx);
};

/** What is still so is let be for the interval of reminders. */
const letBe = async (tx: Tx, orgId: OrgId, { rule_id, scope }: Alert, now: Date): Promise<void> => {
  await sql`
    update alert_watches w set breached_since = null, recovered_since = null, unknown_since = null,
      held_until = ${now}::timestamptz + make_interval(mins => (r.definition->>'repeat_minutes')::int)
    from alert_rules r
    where w.org_id = ${orgId} and w.rule_id = ${rule_id}::uuid and w.scope = ${scope}
      and r.org_id = w.org_id and r.id = w.rule_id`.execute(tx);
};
