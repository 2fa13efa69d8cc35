import type { Flow, FlowSummary } from '@halyard/contracts/flows/flow';
import { notFound } from '@halyard/core/domain-error';
import type { FlowId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import type { Tx } from './database.js';

/** Flows with the shares of their live versions. */
export const selectFlows = (tx: Tx, orgId: OrgId) =>
  tx
    .selectFrom('flows')
    .selectAll('flows')
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('flow_versions')
          .select(['flow_versions.number as version', 'flow_versions.weight'])
          .whereRef('flow_versions.org_id', '=', 'flows.org_id')
          .whereRef('flow_versions.flow_id', '=', 'flows.id')
          .where('flow_versions.weight', '>', 0)
          .orderBy('flow_versions.number'),
      ).as('live'),
    )
    .select(triggerOf)
    .where('flows.org_id', '=', orgId);

const triggerOf = sql<FlowSummary['trigger']>`coalesce(
  (select v.definition->'trigger' from flow_versions v
   where v.org_id = flows.org_id and v.flow_id = flows.id order by v.weight desc, v.number desc limit 1),
  flows.draft->'trigger')`.as('trigger');

export type FlowRow = Awaited<ReturnType<ReturnType<typeof selectFlows>['executeTakeFirstOrThrow']>>;

export const toSummary = (row: FlowRow): FlowSummary => ({
  id: row.id,
  key: row.key,
  name: row.name,
  status: row.status as FlowSummary['status'],
  recipe: row.recipe,
  has_draft: row.draft !== null,
  live: row.live,
  trigger: row.trigger,
  next_tick_at: row.next_tick_at?.toISOString() ?? null,
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
});

export const toFlow = (row: FlowRow): Flow => ({
  ...toSummary(row),
  draft: row.draft as unknown as Flow['draft'],
});

export async function findFlow(tx: Tx, orgId: OrgId, id: FlowId): Promise<Flow | null> {
  const row = await selectFlows(tx, orgId).where('flows.id', '=', id).executeTakeFirst();
  return row ? toFlow(row) : null;
}

/** As it is after a change in this transaction. */
export async function reread(tx: Tx, orgId: OrgId, id: FlowId): Promise<Flow> {
  const flow = await findFlow(tx, orgId, id);
  if (!flow) throw notFound('flow');
  return flow;
}
