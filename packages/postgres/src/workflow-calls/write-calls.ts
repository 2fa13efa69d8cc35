import type { CallsClosed, NewCall } from '@halyard/core/workflow-calls/workflow-call';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { ahead } from '../send-ahead.js';

/** Puts calls into the queue, each with the connection to n8n that its step names now, by name or id; null: none. */
export async function writeCalls(tx: Tx, calls: readonly NewCall[]): Promise<void> {
  if (calls.length === 0) return;
  const rows = calls.map((call) => ({
    org_id: call.orgId,
    id: call.id,
    run_id: call.runId,
    flow_id: call.flowId,
    step_id: call.stepId,
    occurrence: call.occurrence,
    connection: call.connection,
    path: call.path,
    waits: call.waits,
    content: call.content,
    until: call.until,
    created_at: call.createdAt,
    trace: call.trace,
  }));
  await sql`${ahead}
    insert into workflow_calls (org_id, id, run_id, flow_id, step_id, occurrence, connection, connection_id, path, waits,
      content, until, due_at, created_at, trace_context)
    select given.org_id, given.id, run_id, flow_id, step_id, occurrence, connection, (
        select connections.id from connections
        where connections.org_id = given.org_id and connections.provider = 'n8n'
          and (connections.name = given.connection or connections.id::text = given.connection)
        order by connections.name = given.connection desc limit 1
      ), path, waits, content, until, created_at, created_at, trace
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (org_id uuid, id uuid, run_id uuid, flow_id uuid,
      step_id text, occurrence int, connection text, path text, waits boolean, content jsonb, until timestamptz,
      created_at timestamptz, trace text)`.execute(tx);
}

/** Ends calls that nobody waits for any more; those that came to something before stay as they are. */
export async function closeCalls(
  tx: Tx,
  closed: readonly CallsClosed[],
  at: Date | null = null,
): Promise<void> {
  if (closed.length === 0) return;
  const rows = closed.map(({ orgId, runId, visit, status }) => ({
    org_id: orgId,
    run_id: runId,
    step_id: visit?.stepId,
    occurrence: visit?.occurrence,
    status,
  }));
  await sql`${ahead}
    update workflow_calls set status = given.status, ended_at = coalesce(${at}, now()), lease_until = null, lease_owner = null
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given (org_id uuid, run_id uuid, step_id text, occurrence int, status text)
    where workflow_calls.org_id = given.org_id and workflow_calls.run_id = given.run_id
      and (given.step_id is null or (workflow_calls.step_id = given.step_id
        and workflow_calls.occurrence = given.occurrence))
      and workflow_calls.status in ('pending', 'handed_over')
      and (workflow_calls.waits or workflow_calls.status = 'pending')`.execute(tx);
}
