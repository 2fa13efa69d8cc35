import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { Enrolled } from '@halyard/core/academy/events';
import type {
  AdmissionState,
  ContactKey,
  FactsAsked,
  LiveFlow,
  OrgRun,
  World,
} from '@halyard/core/decide/decide-store';
import type { Subject } from '@halyard/core/events/event';
import type { PlanRow } from '@halyard/core/flows/plan';
import type { Facts } from '@halyard/core/flows/run';
import type { ContactId, FlowId, FlowVersionId, MessageId, OrgId, RunId } from '@halyard/core/ids';
import type { MessageStatus } from '@halyard/core/messages/message';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { loadFacts } from '../facts.js';
import type { Definitions } from './definitions.js';
import type { RunRow } from './run-rows.js';
import { runColumns, toRun } from './run-rows.js';

export class PgWorld implements World {
  constructor(
    private readonly tx: Tx,
    private readonly definitions: Definitions,
  ) {}

  async liveFlows(orgIds: readonly OrgId[]): Promise<LiveFlow[]> {
    if (orgIds.length === 0) return [];
    const { rows } = await sql<LiveRow>`
      select flows.org_id, flows.id, flows.key, versions.id as version_id, versions.weight
      from flow_versions versions join flows on flows.org_id = versions.org_id and flows.id = versions.flow_id
      where versions.org_id = any (${orgIds}::uuid[]) and versions.weight > 0 and flows.status = 'live'
      order by flows.org_id, flows.id, versions.number`.execute(this.tx);
    const definitions = await this.definitions.load(
      this.tx,
      rows.map((row) => ({ orgId: row.org_id, versionId: row.version_id })),
    );
    const flows = new Map<FlowId, LiveFlow>();
    for (const row of rows) {
      const definition = definitions.get(row.version_id);
      if (!definition) continue;
      const flow = flows.get(row.id) ?? { orgId: row.org_id, id: row.id, key: row.key, versions: [] };
      flow.versions.push({ id: row.version_id, weight: row.weight, definition });
      flows.set(row.id, flow);
    }
    return [...flows.values()];
  }

  definitionsOf(runs: readonly OrgRun[]): Promise<Map<FlowVersionId, FlowDefinition>> {
    return this.definitions.load(this.tx, runs);
  }

  async runsOf(
    contacts: readonly ContactKey[],
    subjects: readonly (Subject & ContactKey)[],
  ): Promise<OrgRun[]> {
    if (contacts.length === 0) return [];
    const { rows } = await sql<RunRow>`
      select ${runColumns}
      from unnest(${contacts.map((one) => one.orgId)}::uuid[], ${contacts.map((one) => one.contactId)}::uuid[])
        as asked (org_id, contact_id)
      join runs on runs.org_id = asked.org_id and runs.contact_id = asked.contact_id and runs.status = 'active'
      join flows on flows.org_id = runs.org_id and flows.id = runs.flow_id
      union all
      select ${runColumns}
      from jsonb_to_recordset(${JSON.stringify(subjects)}::jsonb)
        as asked ("orgId" uuid, "contactId" uuid, type text, id text)
      join runs on runs.org_id = asked."orgId" and runs.contact_id = asked."contactId"
        and runs.subject_type = asked.type and runs.subject_id = asked.id
        and runs.status = 'completed' and runs.end_reason is null
      join flows on flows.org_id = runs.org_id and flows.id = runs.flow_id
      order by started_at, id`.execute(this.tx);
    return rows.map(toRun).map(({ tries: _, ...run }) => run);
  }

  async admissionState(
    asked: readonly (ContactKey & { flowId: FlowId; keys: string[] })[],
  ): Promise<AdmissionState> {
    if (asked.length === 0) return { taken: new Set(), assigned: new Map() };
    const keys = asked.flatMap(({ orgId, flowId, keys: names }) =>
      [...new Set(names)].map((key) => ({ org_id: orgId, flow_id: flowId, key })),
    );
    const { rows: taken } = await sql<{ flow_id: FlowId; key: string }>`
      select run_keys.flow_id, run_keys.key
      from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as asked (org_id uuid, flow_id uuid, key text)
      join run_keys on run_keys.org_id = asked.org_id and run_keys.flow_id = asked.flow_id
        and run_keys.key = asked.key`.execute(this.tx);
    const { rows: assigned } = await sql<{
      flow_id: FlowId;
      contact_id: ContactId;
      version_id: FlowVersionId;
    }>`
      select assignments.flow_id, assignments.contact_id, assignments.version_id
      from unnest(${asked.map((one) => one.orgId)}::uuid[], ${asked.map((one) => one.flowId)}::uuid[],
        ${asked.map((one) => one.contactId)}::uuid[]) as asked (org_id, flow_id, contact_id)
      join flow_assignments assignments on assignments.org_id = asked.org_id
        and assignments.flow_id = asked.flow_id and assignments.contact_id = asked.contact_id`.execute(
      this.tx,
    );
    return {
      taken: new Set(taken.map((row) => `${row.flow_id}/${row.key}`)),
      assigned: new Map(assigned.map((row) => [`${row.flow_id}/${row.contact_id}`, row.version_id])),
    };
  }

  facts(asked: readonly FactsAsked[]): Promise<Facts[]> {
    return loadFacts(this.tx, asked);
  }

  async plannedRows(runs: readonly OrgRun[]): Promise<Map<RunId, PlanRow[]>> {
    if (runs.length === 0) return new Map();
    const { rows } = await sql<PlannedRow>`
      select messages.run_id, messages.id, messages.step_id, messages.occurrence, messages.reason, messages.planned_at,
        -- One that may have gone out, and waits to be repeated as it is, is delivery's alone.
        case when messages.status = 'scheduled' and messages.released_at is not null then 'sending'
          else messages.status end as status
      from unnest(${runs.map((run) => run.orgId)}::uuid[], ${runs.map((run) => run.id)}::uuid[]) as asked (org_id, run_id)
      join messages on messages.org_id = asked.org_id and messages.run_id = asked.run_id
      where messages.source = 'flow'`.execute(this.tx);
    const byRun = Map.groupBy(rows, (row) => row.run_id);
    return new Map([...byRun].map(([id, found]) => [id, found.map(toPlanRow)]));
  }

  async contactsAfter(orgId: OrgId, after: string | null, limit: number): Promise<ContactId[]> {
    const { rows } = await sql<{ id: ContactId }>`
      select id from contacts
      where org_id = ${orgId} and (${after}::uuid is null or id > ${after}) and merged_into is null
        and erased_at is null
      order by id limit ${limit}`.execute(this.tx);
    return rows.map((row) => row.id);
  }

  async enrolledAfter(
    orgId: OrgId,
    { courseId, after, until }: { courseId: string; after: string | null; until: Date },
    limit: number,
  ): Promise<Enrolled[]> {
    const { rows } = await sql<Enrolled>`
      select id, contact_id as "contactId" from enrollments
      where org_id = ${orgId} and course_id = ${courseId} and (${after}::uuid is null or id > ${after})
        and status <> 'cancelled' and enrolled_at <= ${until}
      order by id limit ${limit}`.execute(this.tx);
    return rows;
  }
}

interface LiveRow {
  org_id: OrgId;
  id: FlowId;
  key: string;
  version_id: FlowVersionId;
  weight: number;
}

interface PlannedRow {
  run_id: RunId;
  id: MessageId;
  step_id: string;
  occurrence: number;
  status: MessageStatus;
  reason: string | null;
  planned_at: Date;
}

const toPlanRow = (row: PlannedRow): PlanRow => ({
  messageId: row.id,
  stepId: row.step_id,
  occurrence: row.occurrence,
  status: row.status,
  reason: row.reason,
  plannedAt: row.planned_at,
});
