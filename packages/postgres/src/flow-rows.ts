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

const toFields = (row: FlowRow): Omit<Flow, 'draft'> => ({
  id: row.id,
  key: row.key,
  name: row.name,
  status: row.status as Flow['status'],
  recipe: row.recipe,
  has_draft: row.draft !== null,
  live: row.live,
  trigger: row.trigger,
  next_tick_at: row.next_tick_at?.toISOString() ?? null,
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
});

export const toFlow = (row: FlowRow): Flow => ({
  ...toFields(row),
  draft: row.draft as unknown as Flow['draft'],
});

export const toSummary = (row: FlowRow & Pick<FlowSummary, 'figures'>): FlowSummary => ({
  ...toFields(row),
  figures: row.figures,
});

/** What each of the selected `flows` is about: entries of partial indexes, and of days that were counted already. */
export const flowFigures = sql<FlowSummary['figures']>`jsonb_build_object(
  'active_runs', (select count(*) from (
    select from runs where org_id = flows.org_id and flow_id = flows.id and status = 'active' limit 10000) active),
  'planned_messages', (select count(*) from (
    select from messages where org_id = flows.org_id and flow_id = flows.id and status = 'scheduled' limit 10000) planned),
  'sent_30_days', (select coalesce(sum(sent), 0) from flow_figures
    where org_id = flows.org_id and flow_id = flows.id and day > (now() at time zone 'UTC')::date - 30))`.as(
  'figures',
);

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
