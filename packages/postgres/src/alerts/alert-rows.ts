import type { Alert, AlertEntry } from '@halyard/contracts/alerts/alert';
import { merged, takes } from '@halyard/core/alerts/due-notifications';
import type { AlertId } from '@halyard/core/alerts/rule';
import type { Notice } from '@halyard/core/alerts/step';
import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { OutboxId } from '@halyard/core/outbox/outbox-event';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { tellOutside } from '../outbox-writer.js';
import type { AlertEntries, Alerts } from '../schema.gen.js';
import type { HeldRoute } from './route-rows.js';

const instant = (at: Date | null): string | null => at?.toISOString() ?? null;

export const toAlert = (row: Selectable<Alerts>): Alert => ({
  id: row.id,
  rule_id: row.rule_id,
  rule_name: row.rule_name,
  metric: row.metric as Alert['metric'],
  severity: row.severity as Alert['severity'],
  scope: row.scope,
  scope_name: row.scope_name,
  status: row.status as Alert['status'],
  cause: row.cause as Alert['cause'],
  summary: row.summary,
  value: row.value,
  threshold: row.threshold,
  fired_at: row.fired_at.toISOString(),
  notified_at: instant(row.notified_at),
  acknowledged_at: instant(row.acknowledged_at),
  acknowledged_by: row.acknowledged_by,
  silenced_until: instant(row.silenced_until),
  resolved_at: instant(row.resolved_at),
  resolved_by: row.resolved_by,
});

export const toEntry = (row: Selectable<AlertEntries>): AlertEntry => ({
  id: row.id,
  at: row.at.toISOString(),
  kind: row.kind as AlertEntry['kind'],
  by: row.actor,
  note: row.note,
  value: row.value,
  route_id: row.route_id,
  message_id: row.message_id,
  delivery_id: row.delivery_id,
});

/** As webhooks tell of it. */
export const payloadOf = ({ id, ...alert }: Alert): Record<string, unknown> => ({ alert_id: id, ...alert });

export type NewEntry = Pick<AlertEntry, 'kind'> &
  Partial<Omit<AlertEntry, 'id' | 'at' | 'kind'>> & { alertId: AlertId };

/** What happened to alerts, in the transaction of the change. */
export async function addEntries(
  tx: Tx,
  orgId: OrgId,
  entries: readonly NewEntry[],
  at: Date,
): Promise<void> {
  if (entries.length === 0) return;
  await tx
    .insertInto('alert_entries')
    .values(
      entries.map(({ alertId, by, ...entry }) => ({
        org_id: orgId,
        alert_id: alertId,
        id: randomIds(),
        at,
        actor: by ?? null,
        ...entry,
      })),
    )
    .execute();
}

type ToldAs = 'alert.fired' | 'alert.acknowledged' | 'alert.silenced' | 'alert.resolved';

/** Tells endpoints. Afterwards the caller pokes `outbox`. */
export async function tellOfAlerts(
  tx: Tx,
  orgId: OrgId,
  told: readonly { type: ToldAs; alert: Alert }[],
  at: Date,
): Promise<void> {
  await tellOutside(
    tx,
    told.map(({ type, alert }) => ({
      orgId,
      id: randomIds<OutboxId>(),
      type,
      payload: payloadOf(alert),
      occurredAt: at,
    })),
  );
}

/** Gathers for each route that takes it what it has to tell of an alert. Returns how many do. */
export async function addNotices(
  tx: Tx,
  orgId: OrgId,
  alert: Alert,
  notice: Notice,
  routes: readonly HeldRoute[],
  at: Date,
): Promise<number> {
  const taking = routes.filter((route) => takes(route, alert, notice));
  for (const { id } of taking) {
    const waiting = await tx
      .selectFrom('alert_notices')
      .select('kind')
      .where('org_id', '=', orgId)
      .where('route_id', '=', id)
      .where('alert_id', '=', alert.id)
      .executeTakeFirst();
    const kind = merged(waiting?.kind as Notice | undefined, notice);
    await sql`
      insert into alert_notices (org_id, route_id, alert_id, kind, at)
      values (${orgId}, ${id}, ${alert.id}, ${kind}, ${at})
      on conflict (org_id, route_id, alert_id) do update set kind = excluded.kind, at = excluded.at`.execute(
      tx,
    );
  }
  return taking.length;
}
