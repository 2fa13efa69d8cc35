import { randomUUID } from 'node:crypto';
import type { Channel } from '@halyard/contracts/primitives';
import type { ConnectionId, OrgId } from '@halyard/core/ids';
import type { AfterCall } from '@halyard/core/workflow-calls/after-call';
import type { ClaimedCall, WorkflowCallQueue } from '@halyard/core/workflow-calls/call-workflows';
import { sql } from 'kysely';
import type { Database, Tx } from '../database.js';
import { recordEvents } from '../event-recorder.js';
import { callEvent } from './call-events.js';

/** Longer than a try may take (15 s), and short: what a dead process holds waits until then. */
const leaseSeconds = 30;
/** So many requests at one n8n at a time, over all processes. */
const perConnection = 20;
const mostGivenUp = 200;

/** The calling loop's side of the database, for the worker. */
export class PgWorkflowCallQueue implements WorkflowCallQueue {
  /** Names this process in leases. */
  readonly #owner = randomUUID();

  constructor(private readonly database: Database) {}

  claim(limit: number, now: Date): Promise<ClaimedCall[]> {
    return this.database.lookAcross(async (db) => {
      const { rows } = await sql<ClaimedRow>`
        with candidates as (
          select due.org_id, due.id, row_number() over (partition by due.org_id order by due.due_at) as turn
          from connections
          cross join lateral (
            select count(*) as n from workflow_calls busy
            where busy.org_id = connections.org_id and busy.connection_id = connections.id and busy.lease_until > ${now}
          ) busy
          cross join lateral (
            select org_id, id, due_at from workflow_calls
            where org_id = connections.org_id and connection_id = connections.id and ${isDue(now)}
            order by due_at limit greatest(0, ${perConnection} - busy.n)
          ) due
          where connections.provider = 'n8n' and connections.status = 'active'
        ), taken as (
          select workflow_calls.org_id, workflow_calls.id
          from (select * from candidates order by turn limit ${limit}) picked
          join workflow_calls on workflow_calls.org_id = picked.org_id and workflow_calls.id = picked.id
          where ${isDue(now)}
          for update of workflow_calls skip locked
        ), leased as (
          update workflow_calls set tries = tries + 1, lease_owner = ${this.#owner},
            lease_until = ${now}::timestamptz + make_interval(secs => ${leaseSeconds})
          from taken where workflow_calls.org_id = taken.org_id and workflow_calls.id = taken.id
          returning workflow_calls.*
        )
        select leased.org_id as "orgId", leased.id, leased.flow_id as "flowId", leased.run_id as "runId",
          runs.contact_id as "contactId", leased.step_id as "stepId", leased.occurrence, leased.connection, leased.path,
          leased.waits, leased.until, leased.content, leased.created_at as "createdAt", leased.trace_context as trace,
          leased.tries, connections.id as connection_id, connections.name, connections.channels, connections.settings,
          connections.secrets, connections.key_id
        from leased
        join runs on runs.org_id = leased.org_id and runs.id = leased.run_id
        join connections on connections.org_id = leased.org_id and connections.id = leased.connection_id`.execute(
        db,
      );
      return rows.map(toClaimed);
    });
  }

  record(call: ClaimedCall, after: AfterCall, now: Date): Promise<boolean> {
    return this.database.across(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('workflow_calls')
        .set({
          ...changeOf(after, now),
          last_status: after.status,
          last_error: after.kind === 'handed_over' ? null : after.error,
          lease_until: null,
          lease_owner: null,
        })
        .where('org_id', '=', call.orgId)
        .where('id', '=', call.id)
        .where('status', '=', 'pending')
        .where('lease_owner', '=', this.#owner)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      if (after.kind === 'failed') await recordFailure(tx, call.orgId, told(call), after.error, now);
      return true;
    });
  }

  giveUp(now: Date): Promise<number> {
    return this.database.across(async (tx) => {
      const { rows } = await sql<GivenUp>`
        with lost as (
          select org_id, id from workflow_calls
          where status = 'pending' and due_at <= ${now} and (lease_until is null or lease_until <= ${now})
            and (connection_id is null or (until <= ${now} and not waits))
          order by due_at limit ${mostGivenUp} for update skip locked
        ), failed as (
          update workflow_calls set status = 'failed', ended_at = ${now},
            last_error = coalesce(last_error, case when workflow_calls.connection_id is null
              then format('There is no connection to n8n called "%s".', connection)
              else 'n8n was not to be called until its time was over: the connection is paused.' end)
          from lost where workflow_calls.org_id = lost.org_id and workflow_calls.id = lost.id
          returning workflow_calls.*
        )
        select failed.org_id, failed.id, failed.run_id, failed.step_id, failed.occurrence, failed.last_error,
          runs.contact_id
        from failed join runs on runs.org_id = failed.org_id and runs.id = failed.run_id`.execute(tx);
      for (const row of rows) await recordFailure(tx, row.org_id, row, row.last_error, now);
      return rows.length;
    });
  }

  async nextDueAt(now: Date): Promise<Date | null> {
    return this.database.lookAcross(async (db) => {
      const { rows } = await sql<{ at: Date | null }>`
        select least(
          (select due_at from workflow_calls where status = 'pending' and due_at > ${now} order by due_at limit 1),
          (select min(lease_until) from workflow_calls where lease_until > ${now})
        ) as at`.execute(db);
      return rows[0]?.at ?? null;
    });
  }
}

/** A call whose run waits is made only while there is time: the run goes on without it then. */
const isDue = (now: Date) => sql`
  workflow_calls.status = 'pending' and workflow_calls.due_at <= ${now} and workflow_calls.until > ${now}
  and (workflow_calls.lease_until is null or workflow_calls.lease_until <= ${now})`;

const changeOf = (after: AfterCall, now: Date) => {
  switch (after.kind) {
    case 'handed_over':
      return { status: 'handed_over', handed_over_at: now };
    case 'retry':
      return { due_at: after.dueAt };
    case 'failed':
      return { status: 'failed', ended_at: now };
  }
};

const recordFailure = (
  tx: Tx,
  orgId: OrgId,
  call: Parameters<typeof callEvent>[0],
  error: string,
  at: Date,
) => recordEvents(tx, orgId, [callEvent(call, { error }, { late: false, at })]);

const told = ({ id, runId, contactId, stepId, occurrence }: ClaimedCall) => ({
  id,
  run_id: runId,
  contact_id: contactId,
  step_id: stepId,
  occurrence,
});

interface GivenUp {
  org_id: OrgId;
  id: string;
  run_id: string;
  contact_id: string;
  step_id: string;
  occurrence: number;
  last_error: string;
}

type ClaimedRow = Omit<ClaimedCall, 'target'> & {
  connection_id: ConnectionId;
  name: string;
  channels: Channel[];
  settings: Record<string, unknown>;
  secrets: Buffer | null;
  key_id: string | null;
};

const toClaimed = ({
  connection_id,
  name,
  channels,
  settings,
  secrets,
  key_id,
  ...call
}: ClaimedRow): ClaimedCall => ({
  ...call,
  target: {
    id: connection_id,
    orgId: call.orgId,
    name,
    provider: 'n8n',
    channels,
    settings,
    sealed: secrets && key_id ? { box: secrets, keyId: key_id } : null,
  },
});
