import type { Claims, DueRun, PendingEvent } from '@halyard/core/decide/decide-store';
import type { ContactId, EventId, OrgId, RunId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import type { PlanMode, QueueLength } from '../plan-mode.js';
import { ahead } from '../send-ahead.js';
import type { RunRow } from './run-rows.js';
import { runColumns, toRun } from './run-rows.js';

interface HeldContact {
  org_id: OrgId;
  id: ContactId;
  merged_into: ContactId | null;
  erased_at: Date | null;
}

/** What is known of the queues from one transaction to the next. */
export interface Queues {
  events: QueueLength;
  runs: QueueLength;
}

/** One contact's events of one claim: a contact with thousands must not fill a batch with as many waves. */
const longestTurn = 50;

/**
 * Contacts are locked first and their work is read by a second statement, whose snapshot shows everything that the
 * lock's last holder committed. Locks are taken only where nobody has to be waited for, so two loops cannot deadlock,
 * whatever the order; requests, which do wait, lock contacts in the order of their ids.
 */
export class PgClaims implements Claims {
  constructor(
    private readonly tx: Tx,
    private readonly plans: PlanMode,
    private readonly queues: Queues,
  ) {}

  async events(limit: number, now: Date): Promise<PendingEvent[]> {
    await this.plans.forQueue(this.queues.events);
    const { rows } = await sql<HeldContact>`
      with recursive organizations as (
        (select org_id from pending_events order by org_id limit 1)
        union all
        select (select next.org_id from pending_events next where next.org_id > organizations.org_id order by next.org_id limit 1)
        from organizations where organizations.org_id is not null
      ), due as (
        select due.* from organizations cross join lateral (
          select org_id, contact_id, seq from pending_events pending
          where org_id = organizations.org_id and contact_id is not null and ${isFree(now)}
          order by seq limit ${limit * 2}
        ) due
      ), turns as (
        select org_id, contact_id, row_number() over (partition by org_id order by min(seq)) as turn, min(seq) as seq
        from due group by org_id, contact_id
      )
      select contacts.org_id, contacts.id, contacts.merged_into, contacts.erased_at
      from turns join contacts on contacts.org_id = turns.org_id and contacts.id = turns.contact_id
      order by turns.turn, turns.seq limit ${limit}
      for no key update of contacts skip locked`.execute(this.tx);
    const events = await this.#eventsOf(rows, limit, now);
    this.queues.events.claimed(events.length, limit);
    return events;
  }

  async event(orgId: OrgId, id: EventId): Promise<PendingEvent[]> {
    await this.plans.forQueue(this.queues.events);
    const { rows } = await sql<HeldContact>`
      select contacts.org_id, contacts.id, contacts.merged_into, contacts.erased_at from pending_events
      join contacts on contacts.org_id = pending_events.org_id and contacts.id = pending_events.contact_id
      where pending_events.org_id = ${orgId} and event_id = ${id}
      for no key update of contacts skip locked`.execute(this.tx);
    await this.#followMerges(rows);
    const { rows: events } = await sql<EventRow>`
      ${selectEvents} where pending.org_id = ${orgId} and pending.event_id = ${id}
        and (pending.contact_id is null or pending.contact_id = any (${rows.map((row) => row.id)}::uuid[]))
        and not exists (
          select from pending_events earlier where earlier.org_id = pending.org_id
            and earlier.contact_id = pending.contact_id and earlier.seq < pending.seq)
      for update of pending skip locked`.execute(this.tx);
    return events.map((row) => toPending(row, rows));
  }

  async runs(limit: number, now: Date): Promise<DueRun[]> {
    await this.plans.forQueue(this.queues.runs);
    const { rows: held } = await sql<{ org_id: OrgId; id: ContactId }>`
      with recursive organizations as (
        (select org_id from runs where ${waits} order by org_id limit 1)
        union all
        select (select org_id from runs where ${waits} and org_id > organizations.org_id order by org_id limit 1)
        from organizations where organizations.org_id is not null
      ), due as (
        select due.* from organizations cross join lateral (
          select org_id, contact_id, wake_at from runs where ${waits} and wake_at <= ${now} and org_id = organizations.org_id
          order by wake_at limit ${limit}
        ) due
      ), turns as (
        select org_id, contact_id, row_number() over (partition by org_id order by min(wake_at)) as turn,
          min(wake_at) as wake_at
        from due group by org_id, contact_id
      )
      select contacts.org_id, contacts.id
      from turns join contacts on contacts.org_id = turns.org_id and contacts.id = turns.contact_id
      order by turns.turn, turns.wake_at limit ${limit}
      for no key update of contacts skip locked`.execute(this.tx);
    this.queues.runs.claimed(held.length, limit);
    if (held.length === 0) return [];
    const { rows } = await sql<RunRow>`
      select ${runColumns}
      from unnest(${held.map((row) => row.org_id)}::uuid[], ${held.map((row) => row.id)}::uuid[]) as held (org_id, contact_id)
      join runs on runs.org_id = held.org_id and runs.contact_id = held.contact_id
      join flows on flows.org_id = runs.org_id and flows.id = runs.flow_id
      where runs.status = 'active' and runs.wake_at <= ${now}
      order by runs.wake_at, runs.id`.execute(this.tx);
    return rows.map(toRun);
  }

  async run(orgId: OrgId, id: RunId, now: Date): Promise<DueRun[]> {
    await this.plans.forQueue(this.queues.runs);
    const { rows: held } = await sql`
      select from contacts where org_id = ${orgId}
        and id = (select contact_id from runs where org_id = ${orgId} and id = ${id})
      for no key update skip locked`.execute(this.tx);
    if (held.length === 0) return [];
    const { rows } = await sql<RunRow>`
      select ${runColumns} from runs join flows on flows.org_id = runs.org_id and flows.id = runs.flow_id
      where runs.org_id = ${orgId} and runs.id = ${id} and runs.status = 'active' and runs.wake_at <= ${now}`.execute(
      this.tx,
    );
    return rows.map(toRun);
  }

  async settle(events: readonly PendingEvent[]): Promise<void> {
    if (events.length === 0) return;
    await this.plans.forQueue(this.queues.events);
    await sql`${ahead}
      delete from pending_events
      using unnest(${events.map((one) => one.orgId)}::uuid[], ${events.map((one) => one.event.id)}::uuid[])
        as decided (org_id, event_id)
      where pending_events.org_id = decided.org_id and pending_events.event_id = decided.event_id`.execute(
      this.tx,
    );
    await this.plans.keep();
  }

  async #eventsOf(held: readonly HeldContact[], limit: number, now: Date): Promise<PendingEvent[]> {
    await this.#followMerges(held);
    // Twice a fair share, as some have less; few waves of many contacts are cheaper than many of few.
    const turn = Math.min(longestTurn, Math.ceil((2 * limit) / Math.max(1, held.length)));
    const { rows } = await sql<EventRow>`
      with held as (
        select * from unnest(${held.map((row) => row.org_id)}::uuid[], ${held.map((row) => row.id)}::uuid[])
          as held (org_id, contact_id)
      ), theirs as (
        select pending.* from held cross join lateral (
          select org_id, event_id, seq from pending_events pending
          where pending.org_id = held.org_id and pending.contact_id = held.contact_id and ${isFree(now)}
          order by seq limit ${turn}
        ) pending
      ), nobodys as (
        select org_id, event_id, seq from pending_events
        where contact_id is null and not_before <= ${now} order by seq limit ${limit}
      ), turns as (
        select org_id, event_id, row_number() over (partition by org_id order by seq) as turn
        from (select * from theirs union all select * from nobodys) due
      ), chosen as (select org_id, event_id from turns order by turn limit ${limit})
      ${selectEvents} join chosen on chosen.org_id = pending.org_id and chosen.event_id = pending.event_id
      order by pending.seq
      for update of pending skip locked`.execute(this.tx);
    return rows.map((row) => toPending(row, held));
  }

  /** What waits for a contact that was merged away is decided about the one it was merged into, in a later round. */
  async #followMerges(held: readonly HeldContact[]): Promise<void> {
    for (const { org_id, id, merged_into } of held)
      if (merged_into)
        await this.tx
          .updateTable('pending_events')
          .set({ contact_id: merged_into })
          .where('org_id', '=', org_id)
          .where('contact_id', '=', id)
          .execute();
  }
}

/** Due, and not behind an earlier event of the same contact that was put off. */
const isFree = (now: Date) => sql`
  pending.not_before <= ${now} and not exists (
    select from pending_events earlier
    where earlier.org_id = pending.org_id and earlier.contact_id = pending.contact_id and earlier.seq < pending.seq
      and earlier.not_before > '-infinity' and earlier.not_before > ${now})`;

/** Runs that the index of due ones holds. */
const waits = sql`runs.status = 'active' and runs.wake_at is not null`;

interface EventRow {
  org_id: OrgId;
  id: EventId;
  contact_id: ContactId | null;
  type: string;
  subject_type: string | null;
  subject_id: string | null;
  payload: Record<string, unknown>;
  occurred_at: Date;
  trace_context: string | null;
  tries: number;
}

const selectEvents = sql`
  select pending.org_id, events.id, pending.contact_id, events.type, events.subject_type, events.subject_id,
    events.payload, events.occurred_at, events.trace_context, pending.tries
  from pending_events pending
  join events on events.org_id = pending.org_id and events.id = pending.event_id`;

/** Nothing follows for a contact that was erased: its events are about nobody. */
function toPending(row: EventRow, held: readonly HeldContact[]): PendingEvent {
  const erased = held.some((one) => one.org_id === row.org_id && one.id === row.contact_id && one.erased_at);
  return {
    orgId: row.org_id,
    tries: row.tries,
    trace: row.trace_context,
    event: {
      id: row.id,
      type: row.type,
      contactId: erased ? null : row.contact_id,
      subject: row.subject_type && row.subject_id ? { type: row.subject_type, id: row.subject_id } : null,
      payload: row.payload,
      occurredAt: row.occurred_at,
    },
  };
}
