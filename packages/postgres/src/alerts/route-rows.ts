import type { AlertRoute, AlertRouteInput } from '@halyard/contracts/alerts/alert-route';
import type { AlertRouteId } from '@halyard/core/alerts/rule';
import type { OrgId } from '@halyard/core/ids';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import type { AlertRoutes } from '../schema.gen.js';

export type RouteRow = Selectable<AlertRoutes> & { waiting: number };

/** A route as the evaluation goes by it. */
export type HeldRoute = Omit<AlertRouteInput, 'name'> & { id: AlertRouteId; notifiedAt: Date | null };

export const selectRoutes = (tx: Tx, orgId: OrgId) =>
  tx
    .selectFrom('alert_routes')
    .selectAll()
    .select(
      sql<number>`(select count(*)::int from alert_notices n
        where n.org_id = alert_routes.org_id and n.route_id = alert_routes.id)`.as('waiting'),
    )
    .where('org_id', '=', orgId);

const definitionOf = ({ definition, enabled }: Selectable<AlertRoutes>): Omit<AlertRouteInput, 'name'> => ({
  ...(definition as Omit<AlertRouteInput, 'name' | 'enabled'>),
  enabled,
});

export const toRoute = (row: RouteRow): AlertRoute => ({
  id: row.id,
  name: row.name,
  ...definitionOf(row),
  notified_at: row.notified_at?.toISOString() ?? null,
  waiting: row.waiting,
  problem: row.problem,
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
});

export const toHeldRoute = (row: Selectable<AlertRoutes>): HeldRoute => ({
  id: row.id as AlertRouteId,
  ...definitionOf(row),
  notifiedAt: row.notified_at,
});

/** Those that tell anything at all. */
export async function heldRoutes(tx: Tx, orgId: OrgId): Promise<HeldRoute[]> {
  const rows = await tx
    .selectFrom('alert_routes')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('enabled', '=', true)
    .orderBy('id')
    .execute();
  return rows.map(toHeldRoute);
}
