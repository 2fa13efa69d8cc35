import { severities } from '@halyard/contracts/alerts/rule';
import { isDue, isStillNews } from '@halyard/core/alerts/due-notifications';
import type { AlertId } from '@halyard/core/alerts/rule';
import type { Notice } from '@halyard/core/alerts/step';
import type { OrgId } from '@halyard/core/ids';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import type { Alerts } from '../schema.gen.js';
import { addEntries, toAlert } from './alert-rows.js';
import type { AlertUrl, NoticedAlert } from './make-notification.js';
import { makeNotification } from './make-notification.js';
import type { HeldRoute } from './route-rows.js';

/**
 * Tells, for each route whose interval is over, everything that was gathered for it, in one notification. What a route cannot
 * tell, as its endpoint is gone, is noted with the alert and with the route.
 */
export async function notify(
  tx: Tx,
  orgId: OrgId,
  routes: readonly HeldRoute[],
  urlOf: AlertUrl,
  now: Date,
): Promise<void> {
  for (const route of routes) {
    if (!isDue(route, route.notifiedAt, now)) continue;
    const taken = await takeNotices(tx, orgId, route);
    const waiting = taken.filter(({ notice, alert }) => isStillNews(notice, alert));
    const over = taken.filter(({ notice, alert }) => !isStillNews(notice, alert));
    await addEntries(
      tx,
      orgId,
      over.map(({ alert }) => ({
        alertId: alert.id as AlertId,
        route_id: route.id,
        kind: 'not_notified',
        note: 'It was over before this route was due to tell of it.',
      })),
      now,
    );
    if (waiting.length === 0) continue;
    const made = await makeNotification(tx, orgId, route, { alerts: waiting, test: false }, urlOf, now);
    const how =
      made.kind === 'made'
        ? ({ kind: 'notified', ...made.notification } as const)
        : ({ kind: 'not_notified', note: made.reason } as const);
    await addEntries(
      tx,
      orgId,
      waiting.map(({ alert }) => ({ alertId: alert.id as AlertId, route_id: route.id, ...how })),
      now,
    );
    await tx
      .updateTable('alert_routes')
      .set({ notified_at: now, problem: made.kind === 'made' ? null : made.reason })
      .where('org_id', '=', orgId)
      .where('id', '=', route.id)
      .execute();
  }
}

/** The worst first. */
async function takeNotices(tx: Tx, orgId: OrgId, { id }: HeldRoute): Promise<NoticedAlert[]> {
  const { rows } = await sql<Selectable<Alerts> & { notice: Notice }>`
    with taken as (
      delete from alert_notices where org_id = ${orgId} and route_id = ${id} returning alert_id, kind
    )
    select alerts.*, taken.kind as notice from taken
    join alerts on alerts.org_id = ${orgId} and alerts.id = taken.alert_id
    order by array_position(${[...severities]}::text[], alerts.severity) desc, alerts.fired_at, alerts.id`.execute(
    tx,
  );
  return rows.map((row) => ({ alert: toAlert(row), notice: row.notice }));
}
