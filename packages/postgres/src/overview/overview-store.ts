import type { Overview } from '@halyard/contracts/overview/routes';
import type { OrgId } from '@halyard/core/ids';
import type { Figure, OverviewStore } from '@halyard/core/overview/overviews';
import { sql } from 'kysely';
import type { Database, Tx } from '../database.js';

/** Nobody counts further by looking: a blast may have planned a million. */
const most = sql`10000`;

export class PgOverviewStore implements OverviewStore {
  constructor(private readonly database: Database) {}

  read(orgId: OrgId, days: number, now: Date): ReturnType<OverviewStore['read']> {
    return this.database.forOrg(orgId, async (tx) => {
      const dates = await readDates(tx, orgId, days, now);
      return {
        time_zone: dates.time_zone,
        today: dates.today,
        counted_until: dates.counted_until?.toISOString() ?? null,
        figures: await readFigures(tx, orgId, dates),
        now: await readNow(tx, orgId, now),
      };
    });
  }
}

interface Dates {
  time_zone: string;
  today: string;
  /** The local midnights around these days. */
  begins: Date;
  ends: Date;
  counted_until: Date | null;
}

async function readDates(tx: Tx, orgId: OrgId, days: number, now: Date): Promise<Dates> {
  const { rows } = await sql<Dates>`
    select time_zone, today::text,
      (today - ${days - 1}::int)::timestamp at time zone time_zone as begins,
      (today + 1)::timestamp at time zone time_zone as ends,
      (select nullif(counted_until, '-infinity') from figures_counted) as counted_until
    from organization_settings
    cross join lateral (select (${now}::timestamptz at time zone time_zone)::date as today) local
    where org_id = ${orgId}`.execute(tx);
  const [dates] = rows;
  if (!dates) throw new Error(`Organization ${orgId} has no settings.`);
  return dates;
}

async function readFigures(tx: Tx, orgId: OrgId, { time_zone, begins, ends }: Dates): Promise<Figure[]> {
  const { rows } = await sql<Figure>`
    select (quarter at time zone ${time_zone})::date::text as date, channel, kind, sum(count)::int as count
    from figures
    where org_id = ${orgId} and quarter >= ${begins} and quarter < ${ends}
    group by 1, channel, kind`.execute(tx);
  return rows;
}

async function readNow(tx: Tx, orgId: OrgId, now: Date): Promise<Overview['now']> {
  const { rows } = await sql<Overview['now']>`
    select
      (select count(*)::int from (
        select from messages where org_id = ${orgId} and status = 'scheduled' limit ${most}) planned) as scheduled,
      (select count(*)::int from (
        select from messages where org_id = ${orgId} and lane in (0, 1) and status = 'scheduled'
          and due_at < ${now}::timestamptz + interval '1 day' limit ${most}) due) as due_next_day,
      (select count(*)::int from (
        select from messages where org_id = ${orgId} and status = 'unknown' limit ${most}) unknown) as unknown,
      (select count(*)::int from (
        select from review_items where org_id = ${orgId} and status = 'open' limit ${most}) open) as open_review_items,
      (select count(*)::int from connections where org_id = ${orgId} and breaker_state <> 'closed') as open_breakers`.execute(
    tx,
  );
  const [counts] = rows;
  if (!counts) throw new Error('A select without a table gave no row.');
  return counts;
}
