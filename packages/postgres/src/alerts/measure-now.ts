import type { Reading, ScopeReading, WatchedRule } from '@halyard/core/alerts/rule';
import type { OrgId } from '@halyard/core/ids';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Tx } from '../database.js';

/** Nobody needs to know how many a million are: more than this is not counted. */
const enough = 10_000;
/** What has a schedule may begin a little late, as loops start it one after the other. */
const graceMinutes = 5;
/** What an n8n said longer ago does not say how it does. */
const pulseMinutes = 5;

const count = async (tx: Tx, rows: RawBuilder<unknown>): Promise<number> => {
  const counted = await sql<{
    n: number;
  }>`select count(*)::int as n from (${rows} limit ${enough}) counted`.execute(tx);
  return counted.rows[0]?.n ?? 0;
};

const value = (number: number): Reading => ({ kind: 'value', value: number });

/** What waits to be done and could be done now. */
export async function measureQueue(
  tx: Tx,
  orgId: OrgId,
  { filter: { queue } }: WatchedRule,
  now: Date,
): Promise<Reading> {
  const queues = {
    messages: sql`select from messages
      where org_id = ${orgId} and lane in (0, 1) and status = 'scheduled' and due_at <= ${now}`,
    events: sql`select from pending_events where org_id = ${orgId}`,
    deliveries: sql`select from deliveries d join endpoints e on e.org_id = d.org_id and e.id = d.endpoint_id
      where d.org_id = ${orgId} and d.status = 'pending' and d.due_at <= ${now} and e.status = 'active'`,
  };
  let total = 0;
  for (const rows of queue ? [queues[queue]] : Object.values(queues)) total += await count(tx, rows);
  return value(total);
}

/** By how many seconds the message that has waited longest is late. */
export async function measureLateness(tx: Tx, orgId: OrgId, now: Date): Promise<Reading> {
  const { rows } = await sql<{ since: Date | null }>`
    select min(due.since) as since from (values (0), (1)) as lanes (lane) cross join lateral (
      select due_at as since from messages
      where org_id = ${orgId} and lane = lanes.lane and status = 'scheduled' and due_at <= ${now}
      order by due_at limit 1) due`.execute(tx);
  const since = rows[0]?.since;
  return value(since ? Math.floor((now.getTime() - since.getTime()) / 1_000) : 0);
}

/** What a person has yet to look at. */
export const measureReview = async (
  tx: Tx,
  orgId: OrgId,
  kind: 'unknown_message' | 'dead_message',
): Promise<Reading> =>
  value(
    await count(
      tx,
      sql`select from review_items where org_id = ${orgId} and kind = ${kind} and status = 'open'`,
    ),
  );

/** Starts of campaigns and flows whose time is over, and campaigns that Halyard paused as they could not start. */
export async function measureSchedules(tx: Tx, orgId: OrgId, now: Date): Promise<Reading> {
  const overdue = sql`${now}::timestamptz - make_interval(mins => ${graceMinutes})`;
  const campaigns = sql`select from campaigns where org_id = ${orgId} and (
    (status in ('scheduled', 'running') and next_start_at < ${overdue})
    or (status = 'paused' and error is not null))`;
  const flows = sql`select from flows
    where org_id = ${orgId} and status = 'live' and next_tick_at < ${overdue}`;
  return value((await count(tx, campaigns)) + (await count(tx, flows)));
}

const scopeOf = (id: string): string => `connection:${id}`;

/** Every connection that is used: 1 while it is left alone. */
export async function measureBreakers(tx: Tx, orgId: OrgId): Promise<ScopeReading[]> {
  const { rows } = await sql<{ id: string; name: string; open: boolean }>`
    select id, name, breaker_state <> 'closed' as open from connections
    where org_id = ${orgId} and status = 'active'`.execute(tx);
  return rows.map(({ id, name, open }) => ({ scope: scopeOf(id), name, reading: value(open ? 1 : 0) }));
}

/** Every n8n that is used: how many checks failed in a row. */
export async function measureN8n(tx: Tx, orgId: OrgId, now: Date): Promise<ScopeReading[]> {
  const { rows } = await sql<{ id: string; name: string; failures: number | null; is_fresh: boolean | null }>`
    select c.id, c.name, h.failures,
      h.checked_at >= ${now}::timestamptz - make_interval(mins => ${pulseMinutes}) as is_fresh
    from connections c left join connection_health h on h.org_id = c.org_id and h.connection_id = c.id
    where c.org_id = ${orgId} and c.status = 'active' and c.provider = 'n8n'`.execute(tx);
  return rows.map(({ id, name, failures, is_fresh }) => ({
    scope: scopeOf(id),
    name,
    reading:
      failures !== null && is_fresh
        ? value(failures)
        : { kind: 'unknown', reason: 'It has not been asked for its health lately.' },
  }));
}
