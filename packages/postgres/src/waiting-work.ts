import { sql } from 'kysely';
import type { Database, Tx } from './database.js';

/** `age`: for how many seconds what has waited longest has waited; 0 when nothing waits. */
interface Waiting {
  n: number;
  age: number;
}

/** What waits, over all organizations. */
export interface WaitingWork {
  dueMessages: (Waiting & { lane: 0 | 1 })[];
  pendingEvents: Waiting;
  dueRuns: Waiting;
  pendingDeliveries: Waiting;
  unknownMessages: { awaitingReport: number };
  reviewItems: { kind: string; n: number }[];
  connections: { state: 'closed' | 'open' | 'half_open' | 'paused'; n: number }[];
}

/** Nobody needs to know how many a million are: more than this is not counted, of an organization where it says so. */
const enough = 10_000;

/** Asked for every few seconds: of what may be many, no more than `enough` entries of an index are looked at. */
export function readWaitingWork(database: Database): Promise<WaitingWork> {
  return database.across(async (tx) => ({
    dueMessages: await dueMessages(tx),
    pendingEvents: await pendingEvents(tx),
    dueRuns: await due(
      tx,
      sql`select wake_at as at from runs where status = 'active' and wake_at <= now() order by wake_at`,
    ),
    pendingDeliveries: await due(
      tx,
      sql`select due_at as at from deliveries where status = 'pending' and due_at <= now() order by due_at`,
    ),
    unknownMessages: { awaitingReport: await awaitingReport(tx) },
    reviewItems: await openReviewItems(tx),
    connections: await connectionStates(tx),
  }));
}

const ageOf = (since: string) =>
  sql.raw(`coalesce(extract(epoch from now() - min(${since})), 0)::float as age`);

async function dueMessages(tx: Tx): Promise<WaitingWork['dueMessages']> {
  const { rows } = await sql<WaitingWork['dueMessages'][number]>`
    with recursive organizations as (
      (select org_id from messages where status = 'scheduled' order by org_id limit 1)
      union all
      select (select org_id from messages where status = 'scheduled' and org_id > organizations.org_id
              order by org_id limit 1)
      from organizations where organizations.org_id is not null
    )
    select lane, coalesce(sum(waiting.n), 0)::int as n, ${ageOf('waiting.since')}
    from (values (0), (1)) as lanes (lane)
    left join lateral (
      select count(*) as n, min(due_at) as since from organizations cross join lateral (
        select due_at from messages
        where org_id = organizations.org_id and lane = lanes.lane and status = 'scheduled' and due_at <= now()
        order by due_at limit ${enough}
      ) due group by organizations.org_id
    ) waiting on true
    group by lane order by lane`.execute(tx);
  return rows;
}

async function pendingEvents(tx: Tx): Promise<Waiting> {
  const { rows } = await sql<Waiting>`
    with recursive organizations as (
      (select org_id from pending_events order by org_id limit 1)
      union all
      select (select next.org_id from pending_events next where next.org_id > organizations.org_id
              order by next.org_id limit 1)
      from organizations where organizations.org_id is not null
    )
    select coalesce(sum(waiting.n), 0)::int as n, ${ageOf('events.recorded_at')}
    from organizations cross join lateral (
      select count(*) as n, (array_agg(event_id order by seq))[1] as first from (
        select event_id, seq from pending_events where org_id = organizations.org_id order by seq limit ${enough}
      ) theirs
    ) waiting
    left join events on events.org_id = organizations.org_id and events.id = waiting.first`.execute(tx);
  return rows[0] ?? { n: 0, age: 0 };
}

async function due(tx: Tx, moments: ReturnType<typeof sql>): Promise<Waiting> {
  const { rows } = await sql<Waiting>`
    select count(*)::int as n, ${ageOf('at')} from (${moments} limit ${enough}) due`.execute(tx);
  return rows[0] ?? { n: 0, age: 0 };
}

async function awaitingReport(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (
      select from messages where status = 'unknown' and reason = 'awaiting_report' limit ${enough}
    ) awaited`.execute(tx);
  return rows[0]?.n ?? 0;
}

async function openReviewItems(tx: Tx): Promise<WaitingWork['reviewItems']> {
  const { rows } = await sql<WaitingWork['reviewItems'][number]>`
    with recursive piles as (
      (select org_id, kind from review_items where status = 'open' order by org_id, kind limit 1)
      union all
      select next.* from piles cross join lateral (
        select org_id, kind from review_items
        where status = 'open' and (org_id, kind) > (piles.org_id, piles.kind) order by org_id, kind limit 1
      ) next
    )
    select kind, sum(pile.n)::int as n from piles cross join lateral (
      select count(*) as n from (
        select from review_items
        where org_id = piles.org_id and kind = piles.kind and status = 'open' limit ${enough}
      ) open
    ) pile group by kind`.execute(tx);
  return rows;
}

async function connectionStates(tx: Tx): Promise<WaitingWork['connections']> {
  const { rows } = await sql<WaitingWork['connections'][number]>`
    select case status when 'paused' then 'paused' else breaker_state end as state, count(*)::int as n
    from connections group by 1`.execute(tx);
  return rows;
}
