import type { Flow, FlowVersion, FlowVersionSummary } from '@halyard/contracts/flows/flow';
import type { Actor, AuditEntry } from '@halyard/core/actor';
import type { FlowChange, FlowState, PublishedVersion } from '@halyard/core/flows/publication';
import type { PublishingStore } from '@halyard/core/flows/publishing';
import type { FlowId, FlowVersionId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import { appendAudit } from './audit.js';
import type { Database, Tx } from './database.js';
import { letGoOfFlow } from './flow-pauses.js';
import { findFlow, reread } from './flow-rows.js';

export class PgPublishingStore implements PublishingStore {
  constructor(private readonly database: Database) {}

  find(orgId: OrgId, id: FlowId): Promise<Flow | null> {
    return this.database.forOrg(orgId, (tx) => findFlow(tx, orgId, id));
  }

  versions(orgId: OrgId, id: FlowId): Promise<FlowVersionSummary[] | null> {
    return this.database.forOrg(orgId, async (tx) => {
      if (!(await findFlow(tx, orgId, id))) return null;
      const rows = await tx
        .selectFrom('flow_versions')
        .selectAll()
        .select((eb) =>
          eb
            .selectFrom('runs')
            .select(sql<number>`count(*)::int`.as('count'))
            .where('runs.org_id', '=', orgId)
            .where('runs.flow_id', '=', id)
            .whereRef('runs.version_id', '=', 'flow_versions.id')
            .where('runs.status', '=', 'active')
            .as('active_runs'),
        )
        .where('org_id', '=', orgId)
        .where('flow_id', '=', id)
        .orderBy('number', 'desc')
        .execute();
      return rows.map((row) => ({ ...toVersion(row), active_runs: row.active_runs ?? 0 }));
    });
  }

  version(orgId: OrgId, id: FlowId, number: number): Promise<FlowVersion | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await tx
        .selectFrom('flow_versions')
        .selectAll()
        .where('org_id', '=', orgId)
        .where('flow_id', '=', id)
        .where('number', '=', number)
        .executeTakeFirst();
      return row ? toVersion(row) : null;
    });
  }

  change(
    orgId: OrgId,
    id: FlowId,
    actor: Actor,
    decide: (state: FlowState) => { change: FlowChange; nextTickAt: Date | null; audit: AuditEntry },
  ): Promise<Flow | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const state = await lockState(tx, orgId, id);
      if (!state) return null;
      const { change, nextTickAt, audit } = decide(state);
      await tx
        .updateTable('flows')
        .set({
          status: change.status,
          draft: change.draft && JSON.stringify(change.draft),
          next_tick_at: nextTickAt,
          updated_at: sql`now()`,
        })
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .execute();
      await writeVersions(tx, orgId, id, state.versions, change.versions, actor);
      if (state.status === 'paused' && change.status !== 'paused') await letGoOfFlow(tx, orgId, id);
      await appendAudit(tx, orgId, audit);
      return reread(tx, orgId, id);
    });
  }
}

/** Locks the flow, so that two publications follow one another and their weights add up. */
async function lockState(tx: Tx, orgId: OrgId, id: FlowId): Promise<FlowState | null> {
  const flow = await tx
    .selectFrom('flows')
    .select(['key', 'status', 'draft'])
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!flow) return null;
  const versions = await tx
    .selectFrom('flow_versions')
    .select(['id', 'number', 'weight', 'definition'])
    .where('org_id', '=', orgId)
    .where('flow_id', '=', id)
    .orderBy('number')
    .execute();
  const settings = await tx
    .selectFrom('organization_settings')
    .select('time_zone')
    .where('org_id', '=', orgId)
    .executeTakeFirst();
  return {
    key: flow.key,
    status: flow.status as FlowState['status'],
    draft: flow.draft as unknown as FlowState['draft'],
    versions: versions as unknown as PublishedVersion[],
    timeZone: settings?.time_zone ?? 'UTC',
  };
}

async function writeVersions(
  tx: Tx,
  orgId: OrgId,
  flowId: FlowId,
  before: readonly PublishedVersion[],
  after: readonly PublishedVersion[],
  actor: Actor,
): Promise<void> {
  const weights = new Map(before.map(({ id, weight }) => [id, weight]));
  for (const version of after) {
    if (!weights.has(version.id)) await insertVersion(tx, orgId, flowId, version, actor);
    else if (weights.get(version.id) !== version.weight)
      await setWeight(tx, orgId, version.id, version.weight);
  }
}

const insertVersion = (tx: Tx, orgId: OrgId, flowId: FlowId, version: PublishedVersion, actor: Actor) =>
  tx
    .insertInto('flow_versions')
    .values({
      org_id: orgId,
      id: version.id,
      flow_id: flowId,
      number: version.number,
      definition: JSON.stringify(version.definition),
      trigger_type: version.definition.trigger.type,
      weight: version.weight,
      published_by: actor.name ?? actor.id ?? null,
    })
    .execute();

const setWeight = (tx: Tx, orgId: OrgId, id: FlowVersionId, weight: number) =>
  tx.updateTable('flow_versions').set({ weight }).where('org_id', '=', orgId).where('id', '=', id).execute();

const toVersion = (row: {
  id: string;
  number: number;
  weight: number;
  trigger_type: string;
  published_at: Date;
  published_by: string | null;
  definition: unknown;
}): FlowVersion => ({
  id: row.id,
  number: row.number,
  weight: row.weight,
  trigger_type: row.trigger_type,
  published_at: row.published_at.toISOString(),
  published_by: row.published_by,
  definition: row.definition as FlowVersion['definition'],
});
