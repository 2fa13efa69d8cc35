import type { DueRun } from '@halyard/core/decide/decide-store';
import type { RunPosition, RunStatus } from '@halyard/core/flows/run';
import type { ContactId, EventId, FlowId, FlowVersionId, OrgId, RunId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { ahead } from '../send-ahead.js';

export interface RunRow {
  org_id: OrgId;
  id: RunId;
  flow_id: FlowId;
  flow_key: string;
  version_id: FlowVersionId;
  contact_id: ContactId;
  subject_type: string | null;
  subject_id: string | null;
  trigger_event_id: EventId | null;
  status: RunStatus;
  end_reason: string | null;
  position: RunPosition;
  waiting_for: string[];
  wake_at: Date | null;
  started_at: Date;
  trace_context: string | null;
  tries: number;
}

/** What a run row is read with; `runs` and `flows` must be in the query. */
export const runColumns = sql`
  runs.org_id, runs.id, runs.flow_id, flows.key as flow_key, runs.version_id, runs.contact_id, runs.subject_type,
  runs.subject_id, runs.trigger_event_id, runs.status, runs.end_reason, runs.position, runs.waiting_for, runs.wake_at,
  runs.started_at, runs.trace_context, runs.tries`;

export const toRun = (row: RunRow): DueRun => ({
  orgId: row.org_id,
  id: row.id,
  flowId: row.flow_id,
  flowKey: row.flow_key,
  versionId: row.version_id,
  contactId: row.contact_id,
  subject: row.subject_type && row.subject_id ? { type: row.subject_type, id: row.subject_id } : null,
  triggerEventId: row.trigger_event_id,
  status: row.status,
  endReason: row.end_reason,
  position: row.position,
  startedAt: row.started_at,
  wakeAt: row.wake_at,
  waitingFor: row.waiting_for,
  trace: row.trace_context,
  tries: row.tries,
});

/** Inserts new runs and updates the others, whose failed tries are forgotten. */
export async function writeRuns(tx: Tx, runs: readonly Omit<DueRun, 'tries'>[], now: Date): Promise<void> {
  if (runs.length === 0) return;
  const rows = runs.map((run) => ({
    org_id: run.orgId,
    id: run.id,
    flow_id: run.flowId,
    version_id: run.versionId,
    contact_id: run.contactId,
    subject_type: run.subject?.type,
    subject_id: run.subject?.id,
    trigger_event_id: run.triggerEventId,
    status: run.status,
    end_reason: run.endReason,
    position: run.position,
    waiting_for: run.waitingFor,
    wake_at: run.wakeAt,
    started_at: run.startedAt,
    ended_at: run.status === 'active' ? null : now,
    trace_context: run.trace,
  }));
  await sql`${ahead}
    insert into runs (org_id, id, flow_id, version_id, contact_id, subject_type, subject_id, trigger_event_id, status,
      end_reason, position, waiting_for, wake_at, started_at, ended_at, trace_context)
    select org_id, id, flow_id, version_id, contact_id, subject_type, subject_id, trigger_event_id, status,
      end_reason, position, array(select jsonb_array_elements_text(waiting_for)), wake_at, started_at, ended_at,
      trace_context
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (
      org_id uuid, id uuid, flow_id uuid, version_id uuid, contact_id uuid, subject_type text, subject_id text,
      trigger_event_id uuid, status text, end_reason text, position jsonb, waiting_for jsonb, wake_at timestamptz,
      started_at timestamptz, ended_at timestamptz, trace_context text)
    on conflict (org_id, id) do update set status = excluded.status, end_reason = excluded.end_reason,
      position = excluded.position, waiting_for = excluded.waiting_for, wake_at = excluded.wake_at,
      ended_at = excluded.ended_at, trace_context = excluded.trace_context, tries = 0, last_error = null`.execute(
    tx,
  );
}
