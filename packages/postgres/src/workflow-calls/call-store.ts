import type {
  AnsweredCall,
  WorkflowAnswer,
  WorkflowCall,
  WorkflowCallQuery,
  WorkflowCallStatus,
} from '@halyard/contracts/flows/workflow-calls';
import type { ContactId, OrgId } from '@halyard/core/ids';
import type { Page } from '@halyard/core/page';
import { judgeAnswer } from '@halyard/core/workflow-calls/judge-answer';
import type { WorkflowCallId } from '@halyard/core/workflow-calls/workflow-call';
import type { WorkflowCallStore } from '@halyard/core/workflow-calls/workflow-calls';
import { sql } from 'kysely';
import { lockContacts } from '../contact-keys.js';
import type { Database, Tx } from '../database.js';
import { recordEvents, rememberEvents } from '../event-recorder.js';
import { positionIn, toPage } from '../paging.js';
import { callEvent } from './call-events.js';

export class PgWorkflowCallStore implements WorkflowCallStore {
  constructor(private readonly database: Database) {}

  list(orgId: OrgId, query: WorkflowCallQuery): Promise<Page<WorkflowCall>> {
    const after = positionIn(query.cursor, 1);
    return this.database.forOrg(orgId, async (tx) => {
      let select = selectCalls(tx, orgId);
      if (query.run_id) select = select.where('workflow_calls.run_id', '=', query.run_id);
      if (query.status) select = select.where('workflow_calls.status', '=', query.status);
      if (after) select = select.where('workflow_calls.id', '<', String(after[0]));
      const rows = await select
        .orderBy('workflow_calls.id', 'desc')
        .limit(query.limit + 1)
        .execute();
      return toPage(rows, query, toCall, (row) => [row.id]);
    });
  }

  find(orgId: OrgId, id: WorkflowCallId): Promise<WorkflowCall | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await selectCalls(tx, orgId).where('workflow_calls.id', '=', id).executeTakeFirst();
      return row ? toCall(row) : null;
    });
  }

  /**
   * The contact is locked first, as by whoever decides: so the run either still stands at the step, and everything decided
   * from now on sees the answer, or has gone on, and the answer is late. What is said here stays true.
   */
  answer(orgId: OrgId, id: WorkflowCallId, said: WorkflowAnswer, at: Date): Promise<AnsweredCall | null> {
    return this.database.forOrg(orgId, async (tx) => {
      if (!(await lockContactOf(tx, orgId, id))) return null;
      const call = await readOpen(tx, orgId, id);
      const state = { ...call, answeredAt: call.answered_at, runStands: call.run_stands };
      // A workflow that was still at it knows the person yet: of who was erased, only that it answered is kept.
      const { answer, error } = call.contact_erased ? forgotten(said) : said;
      const judged = judgeAnswer(state, said, at);
      if (judged.kind === 'repeated') return toAnswered(call);
      const late = judged.kind === 'late';
      const status = late ? call.status : judged.status;
      await tx
        .updateTable('workflow_calls')
        .set({
          status,
          late,
          answered_at: at,
          answer: answer ? JSON.stringify(answer) : null,
          ...(!late && { ended_at: at, lease_until: null, lease_owner: null }),
          ...(!late && error !== undefined && { last_error: error }),
        })
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .execute();
      const came = error === undefined ? { answer: answer ?? {} } : { error };
      const event = callEvent(call, came, { late, at });
      await (late ? rememberEvents(tx, [{ orgId, event }]) : recordEvents(tx, orgId, [event]));
      return toAnswered({ ...call, status, late });
    });
  }
}

const forgotten = ({ error }: WorkflowAnswer): WorkflowAnswer =>
  error === undefined ? { answer: {} } : { error: 'It failed.' };

async function lockContactOf(tx: Tx, orgId: OrgId, id: WorkflowCallId): Promise<boolean> {
  const row = await tx
    .selectFrom('workflow_calls')
    .innerJoin('runs', (join) =>
      join.onRef('runs.org_id', '=', 'workflow_calls.org_id').onRef('runs.id', '=', 'workflow_calls.run_id'),
    )
    .select('runs.contact_id')
    .where('workflow_calls.org_id', '=', orgId)
    .where('workflow_calls.id', '=', id)
    .executeTakeFirst();
  if (!row) return false;
  await lockContacts(tx, orgId, [row.contact_id as ContactId]);
  return true;
}

interface OpenCall {
  id: string;
  run_id: string;
  contact_id: string;
  step_id: string;
  occurrence: number;
  status: WorkflowCallStatus;
  waits: boolean;
  until: Date;
  late: boolean;
  answered_at: Date | null;
  run_stands: boolean;
  contact_erased: boolean;
}

async function readOpen(tx: Tx, orgId: OrgId, id: WorkflowCallId): Promise<OpenCall> {
  const { rows } = await sql<OpenCall>`
    select calls.id, calls.run_id, runs.contact_id, calls.step_id, calls.occurrence, calls.status, calls.waits,
      calls.until, calls.late, calls.answered_at,
      runs.status = 'active' and coalesce(runs.position->>'step', '') = calls.step_id
        and coalesce((runs.position->'visits'->>calls.step_id)::int, 0) + 1 = calls.occurrence as run_stands,
      contacts.erased_at is not null as contact_erased
    from workflow_calls calls join runs on runs.org_id = calls.org_id and runs.id = calls.run_id
      join contacts on contacts.org_id = runs.org_id and contacts.id = runs.contact_id
    where calls.org_id = ${orgId} and calls.id = ${id}
    for update of calls`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error(`The call ${id} that was read a moment ago is gone.`);
  return row;
}

const toAnswered = ({ id, run_id, status, late }: OpenCall): AnsweredCall => ({
  call_id: id,
  run_id,
  status,
  late,
});

const selectCalls = (tx: Tx, orgId: OrgId) =>
  tx
    .selectFrom('workflow_calls')
    .innerJoin('runs', (join) =>
      join.onRef('runs.org_id', '=', 'workflow_calls.org_id').onRef('runs.id', '=', 'workflow_calls.run_id'),
    )
    .selectAll('workflow_calls')
    .select('runs.contact_id')
    .where('workflow_calls.org_id', '=', orgId);

type CallRow = Awaited<ReturnType<ReturnType<typeof selectCalls>['executeTakeFirstOrThrow']>>;

const toCall = (row: CallRow): WorkflowCall => ({
  id: row.id,
  flow_id: row.flow_id,
  run_id: row.run_id,
  contact_id: row.contact_id,
  step: row.step_id,
  occurrence: row.occurrence,
  connection: row.connection,
  path: row.path,
  waits: row.waits,
  status: row.status as WorkflowCallStatus,
  late: row.late,
  tries: row.tries,
  due_at: row.status === 'pending' ? row.due_at.toISOString() : null,
  until: row.until.toISOString(),
  last_status: row.last_status,
  last_error: row.last_error,
  answer: row.answer as WorkflowCall['answer'],
  created_at: row.created_at.toISOString(),
  handed_over_at: row.handed_over_at?.toISOString() ?? null,
  ended_at: row.ended_at?.toISOString() ?? null,
});
