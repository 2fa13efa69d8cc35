import { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { FlowStatus } from '@halyard/contracts/flows/flow';
import type { FlowRecord, RunRecord } from '@halyard/core/explain/explain-store';
import type { ContactId, FlowId, FlowVersionId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import type { RunRow } from '../decide/run-rows.js';
import { runColumns, toRun } from '../decide/run-rows.js';

/** A flow with all its versions, also those that take nobody; null when there is none. */
export async function readFlowRecord(tx: Tx, orgId: OrgId, id: FlowId): Promise<FlowRecord | null> {
  const flow = await tx
    .selectFrom('flows')
    .select(['id', 'key', 'name', 'status'])
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!flow) return null;
  const versions = await tx
    .selectFrom('flow_versions')
    .select(['id', 'number', 'weight', 'definition', 'published_at'])
    .where('org_id', '=', orgId)
    .where('flow_id', '=', id)
    .orderBy('number')
    .execute();
  return {
    id,
    key: flow.key,
    name: flow.name,
    status: flow.status as FlowRecord['status'],
    versions: versions.map((row) => ({
      id: row.id as FlowVersionId,
      number: row.number,
      weight: row.weight,
      definition: FlowDefinition.parse(row.definition),
      publishedAt: row.published_at,
    })),
    history: await readHistory(tx, orgId, id),
  };
}

/** The audit log keeps what each publication, weighing, pause and so on made of the flow (core/flows/publishing.ts). */
async function readHistory(tx: Tx, orgId: OrgId, id: FlowId): Promise<FlowRecord['history']> {
  const { rows } = await sql<{ since: Date; status: FlowStatus; weights: Record<string, number> }>`
    select at as since, changes ->> 'status' as status, changes -> 'weights' as weights
    from audit_log
    where org_id = ${orgId} and target_type = 'flow' and target_id = ${id} and changes ?& array['status', 'weights']
    order by seq`.execute(tx);
  return rows;
}

/** The contact's latest runs of the flow. */
export async function readRuns(
  tx: Tx,
  orgId: OrgId,
  flowId: FlowId,
  contactId: ContactId,
): Promise<RunRecord[]> {
  const { rows } = await sql<RunRow & { number: number; ended_at: Date | null; last_error: string | null }>`
    select ${runColumns}, versions.number, runs.ended_at, runs.last_error
    from runs
    join flows on flows.org_id = runs.org_id and flows.id = runs.flow_id
    join flow_versions versions on versions.org_id = runs.org_id and versions.id = runs.version_id
    where runs.org_id = ${orgId} and runs.flow_id = ${flowId} and runs.contact_id = ${contactId}
    order by runs.started_at desc, runs.id desc limit 100`.execute(tx);
  return rows.map((row) => ({
    run: toRun(row),
    version: row.number,
    endedAt: row.ended_at,
    lastError: row.last_error,
  }));
}
