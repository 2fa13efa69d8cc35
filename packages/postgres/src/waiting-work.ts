import { sql } from 'kysely';
import type { Database } from './database.js';

/** What waits, over all organizations. Ages are in seconds, of what has waited longest; 0 when nothing waits. */
export interface WaitingWork {
  dueMessages: { lane: 0 | 1; n: number; age: number }[];
  pendingEvents: { n: number; age: number };
  dueRuns: { n: number; age: number };
  pendingDeliveries: { n: number; age: number };
  unknownMessages: { awaitingReport: number };
  reviewItems: { kind: string; n: number }[];
  connections: { state: 'closed' | 'open' | 'half_open' | 'paused'; n: number }[];
}

/** Nobody needs to know how many a million are; each organization is counted up to here. */
const enough = 10_000;

/** Looks at indexes only, and at no more than `enough` entries of each organization; asked for every few seconds. */
export function readWaitingWork(database: Database): Promise<WaitingWork> {
  return database.across(async (tx) => {
    const { rows: due } = await sql<{ lane: 0 | 1; n: number; age: number }>`
      with recursive organizations as (
        (select org_id from messages where status = 'scheduled' order by org_id limit 1)
        union all
        select (select org_id from messages where status = 'scheduled' and org_id > organizations.org_id
                order by org_id limit 1)
        from organizations where organizations.org_id is not null
      )
      select lane, coalesce(sum(waiting.n), 0)::int as n, coalesce(extract(epoch from now() - min(waiting.since)), 0)::float as age
      from (values (0), (1)) as lanes (lane)
      left join lateral (
        select count(due_at) as n, min(due_at) as since from organizations cross join lateral (
          select due_at from messages
          where org_id = organizations.org_id and lane = lanes.lane and status = 'scheduled' and due_at <= now()
          order by due_at limit ${enough}
        ) due group by organizations.org_id
      ) waiting on true
      group by lane order by lane`.execute(tx);
    const { rows: events } = await sql<Waiting>`
      with recursive organizations as (
        (select org_id from pending_events order by org_id limit 1)
        union all
        select (select next.org_id from pending_events next where next.org_id > organizations.org_id
                order by next.org_id limit 1)
        from organizations where organizations.org_id is not null
      )
      select coalesce(sum(waiting.n), 0)::int as n, coalesce(extract(epoch from now() - min(events.recorded_at)), 0)::float as age
      from organizations cross join lateral (
        select count(*) as n, (array_agg(event_id order by seq))[1] as first from (
          select event_id, seq from pending_events where org_id = organizations.org_id order by seq limit ${enough}
        ) theirs
      ) waiting
      left join events on events.org_id = organizations.org_id and events.id = waiting.first`.execute(tx);
    const { rows: runs } = await sql<Waiting>`
      select count(*)::int as n, coalesce(extract(epoch from now() - min(wake_at)), 0)::float as age from (
        select wake_at from runs where status = 'active' and wake_at <= now() order by wake_at limit ${enough}
      ) due`.execute(tx);
    const { rows: deliveries } = await sql<Waiting>`
      select count(*)::int as n, coalesce(extract(epoch from now() - min(due_at)), 0)::float as age from (
        select due_at from deliveries where status = 'pending' and due_at <= now() order by due_at limit ${enough}
      ) due`.execute(tx);
    const { rows: unknown } = await sql<{ n: number }>`
      select count(*)::int as n from (
        select from messages where status = 'unknown' and reason = 'awaiting_report' limit ${enough}
      ) awaited`.execute(tx);
    const { rows: reviewItems } = await sql<{ kind: string; n: number }>`
      select kind, count(*)::int as n from review_items where status = 'open' group by kind`.execute(tx);
    const { rows: connections } = await sql<WaitingWork['connections'][number]>`
      select case status when 'paused' then 'paused' else breaker_state end as state, count(*)::int as n
      from connections group by 1`.execute(tx);
    const none = { n: 0, age: 0 };
    return {
      dueMessages: due,
      pendingEvents: events[0] ?? none,
      dueRuns: runs[0] ?? none,
      pendingDeliveries: deliveries[0] ?? none,
      unknownMessages: { awaitingReport: unknown[0]?.n ?? 0 },
      reviewItems,
      connections,
    };
  });
}

interface Waiting {
  n: number;
  age: number;
}
