import type { FlowStatus } from '@halyard/contracts/flows/flow';
import type {
  ContactRun,
  FlowRun,
  ListedRun,
  RunQuery,
  StandingAtSteps,
} from '@halyard/contracts/flows/runs';
import type { AuditEntry } from '@halyard/core/actor';
import type { Clock } from '@halyard/core/clock';
import { startRequested, stopRequested } from '@halyard/core/decide/requests';
import type { NewEvent, Subject } from '@halyard/core/events/event';
import type { RunStore } from '@halyard/core/flows/runs';
import type { ContactId, FlowId, Ids, OrgId } from '@halyard/core/ids';
import type { Page, PageRequest } from '@halyard/core/page';
import { sql } from 'kysely';
import { appendAudit } from './audit.js';
import type { Database, Tx } from './database.js';
import { recordEvents } from './event-recorder.js';
import { contactOf } from './named-contact.js';
import { positionIn, toPage } from './paging.js';

/** How many requests are recorded in one statement. */
const batch = 1_000;

/** So many runs and so many messages are counted at most, to answer at once however large a flow is. */
const mostCounted = 10_000;

export class PgRunStore implements RunStore {
  constructor(
    private readonly database: Database,
    private readonly newId: Ids,
    private readonly clock: Clock,
  ) {}

  statusOf(orgId: OrgId, id: FlowId): Promise<FlowStatus | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await tx
        .selectFrom('flows')
        .select('status')
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .executeTakeFirst();
      return (row?.status as FlowStatus | undefined) ?? null;
    });
  }

  list(orgId: OrgId, id: FlowId, query: RunQuery): Promise<Page<ListedRun>> {
    return this.database.forOrg(orgId, async (tx) => {
      let rows = selectRuns(tx, orgId, query).select(contactOf('runs')).where('runs.flow_id', '=', id);
      if (query.status) rows = rows.where('runs.status', '=', query.status);
      if (query.contact_id) rows = rows.where('runs.contact_id', '=', query.contact_id);
      return toPage(
        await rows.execute(),
        query,
        (row) => ({ ...toRun(row), contact: row.contact }),
        (row) => [row.started_exactly, row.id],
      );
    });
  }

  standing(orgId: OrgId, id: FlowId): Promise<StandingAtSteps['items']> {
    return this.database.forOrg(orgId, async (tx) => {
      const { rows } = await sql<StandingAtSteps['items'][number]>`
        select step, sum(runs)::int as runs, sum(planned)::int as planned_messages from (
          (select position->>'step' as step, 1 as runs, 0 as planned from runs
            where org_id = ${orgId} and flow_id = ${id} and status = 'active' limit ${mostCounted})
          union all
          (select step_id, 0, 1 from messages
            where org_id = ${orgId} and flow_id = ${id} and status = 'scheduled' limit ${mostCounted})) standing
        where step is not null group by step order by step`.execute(tx);
      return rows;
    });
  }

  ofContact(orgId: OrgId, id: ContactId, page: PageRequest): Promise<Page<ContactRun> | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const contact = await tx
        .selectFrom('contacts')
        .select('id')
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .executeTakeFirst();
      if (!contact) return null;
      const rows = await selectRuns(tx, orgId, page)
        .innerJoin('flows', (join) =>
          join.onRef('flows.org_id', '=', 'runs.org_id').onRef('flows.id', '=', 'runs.flow_id'),
        )
        .select('flows.name as flow_name')
        .where('runs.contact_id', '=', id)
        .execute();
      return toPage(
        rows,
        page,
        (row) => ({ ...toRun(row), flow: { id: row.flow_id, name: row.flow_name } }),
        (row) => [row.started_exactly, row.id],
      );
    });
  }

  unknownContacts(orgId: OrgId, ids: readonly ContactId[]): Promise<ContactId[]> {
    return this.database.forOrg(orgId, async (tx) => {
      const rows = await tx
        .selectFrom('contacts')
        .select('id')
        .where('org_id', '=', orgId)
        .where('id', 'in', ids)
        .where('merged_into', 'is', null)
        .where('erased_at', 'is', null)
        .execute();
      const known = new Set(rows.map((row) => row.id));
      return ids.filter((id) => !known.has(id));
    });
  }

  requestStart(
    orgId: OrgId,
    { flowId, contactIds, subject, again }: Parameters<RunStore['requestStart']>[1],
    audit: AuditEntry,
  ): Promise<number> {
    return this.database.forOrg(orgId, async (tx) => {
      const payload = { flow_id: flowId, ...(again && { again }) };
      await this.#record(tx, orgId, startRequested, contactIds, subject, payload);
      await appendAudit(tx, orgId, audit);
      return contactIds.length;
    });
  }

  requestStop(
    orgId: OrgId,
    { flowId, contactIds, subject, reason }: Parameters<RunStore['requestStop']>[1],
    audit: AuditEntry,
  ): Promise<number> {
    return this.database.forOrg(orgId, async (tx) => {
      let running = tx
        .selectFrom('runs')
        .select('contact_id')
        .distinct()
        .where('org_id', '=', orgId)
        .where('flow_id', '=', flowId)
        .where('status', '=', 'active');
      if (contactIds) running = running.where('contact_id', 'in', contactIds);
      if (subject)
        running = running.where('subject_type', '=', subject.type).where('subject_id', '=', subject.id);
      const found = (await running.execute()).map((row) => row.contact_id as ContactId);
      const payload = { flow_id: flowId, ...(subject && { subject }), ...(reason && { reason }) };
      await this.#record(tx, orgId, stopRequested, found, null, payload);
      await appendAudit(tx, orgId, audit);
      return found.length;
    });
  }

  async #record(
    tx: Tx,
    orgId: OrgId,
    type: string,
    contactIds: readonly ContactId[],
    subject: Subject | null,
    payload: NewEvent['payload'],
  ): Promise<void> {
    for (let from = 0; from < contactIds.length; from += batch) {
      const events = contactIds.slice(from, from + batch).map(
        (contactId): NewEvent => ({
          id: this.newId(),
          type,
          contactId,
          ...(subject && { subject }),
          payload,
          occurredAt: this.clock.now(),
        }),
      );
      await recordEvents(tx, orgId, events);
    }
  }
}

/** A page of runs, newest first. */
function selectRuns(tx: Tx, orgId: OrgId, { cursor, limit }: PageRequest) {
  const after = positionIn(cursor, 2);
  const runs = tx
    .selectFrom('runs')
    .innerJoin('flow_versions', (join) =>
      join
        .onRef('flow_versions.org_id', '=', 'runs.org_id')
        .onRef('flow_versions.id', '=', 'runs.version_id'),
    )
    .selectAll('runs')
    .select([
      'flow_versions.number as version',
      // A Date has milliseconds only; the cursor must not lose the rest.
      sql<string>`runs.started_at::text`.as('started_exactly'),
    ])
    .where('runs.org_id', '=', orgId)
    .orderBy('runs.started_at', 'desc')
    .orderBy('runs.id', 'desc')
    .limit(limit + 1);
  return after
    ? runs.where(sql<boolean>`(runs.started_at, runs.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
    : runs;
}

type RunRow = Awaited<ReturnType<ReturnType<typeof selectRuns>['executeTakeFirstOrThrow']>>;

const toRun = (row: RunRow): FlowRun => ({
  id: row.id,
  contact_id: row.contact_id,
  subject: row.subject_type && row.subject_id ? { type: row.subject_type, id: row.subject_id } : null,
  version: row.version,
  status: row.status as FlowRun['status'],
  end_reason: row.end_reason,
  step: (row.position as { step?: string | null }).step ?? null,
  waiting_for: row.waiting_for,
  wake_at: row.wake_at?.toISOString() ?? null,
  started_at: row.started_at.toISOString(),
  ended_at: row.ended_at?.toISOString() ?? null,
  last_error: row.last_error,
});
