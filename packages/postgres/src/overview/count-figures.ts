import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Database, Tx } from '../database.js';

/** Counts what was recorded since it counted last, over all organizations. */
export class PgFigureCounter {
  constructor(private readonly database: Database) {}

  /**
   * A span of ten minutes at most, in one transaction with the moment up to which it was counted: a crash leaves both as they were,
   * and a second worker that counts at the same time finds nothing to do. Returns whether there is more to count at once.
   */
  count(): Promise<boolean> {
    return this.database.across(async (tx) => {
      const state = await lockState(tx);
      if (!state) return false;
      if (state.closing_at === null) {
        await close(tx);
        return false;
      }
      if (!state.closed) return false; // somebody may yet commit what was recorded before then
      const { span } = state;
      if (span) await addSpan(tx, span.from, span.until);
      await sql`update figures_counted set counted_until = ${span?.until ?? state.closing_at}`.execute(tx);
      if (span && span.until !== state.closing_at) return true;
      await close(tx);
      return false;
    });
  }
}

interface State {
  closing_at: string | null;
  closed: boolean;
  /** Null when nothing has been recorded since. Moments as text: a Date would cut their microseconds off. */
  span: { from: string; until: string } | null;
}

async function lockState(tx: Tx): Promise<State | null> {
  const { rows } = await sql<State>`
    select closing_at::text, coalesce(pg_snapshot_xmin(pg_current_snapshot()) > closing_xid, false) as closed,
      case when next < closing_at then jsonb_build_object(
        'from', next::text, 'until', least(closing_at, next + interval '10 minutes')::text) end as span
    from figures_counted
    cross join lateral (
      select least(min(events.recorded_at), min(decisions.at)) as next from organization_settings o
      left join lateral (
        select recorded_at from events where org_id = o.org_id and recorded_at >= counted_until
        order by recorded_at limit 1) events on true
      left join lateral (
        select at from decisions where org_id = o.org_id and at >= counted_until and verdict in ('skipped', 'expired')
        order by at limit 1) decisions on true) uncounted
    for update of figures_counted skip locked`.execute(tx);
  return rows[0] ?? null;
}

/**
 * What was recorded before this transaction is to be counted next, once none is under way that has a lower number: those with
 * a higher one record later. Decisions are dated by the beginning of their round, a moment before it has a number, hence the
 * seconds.
 */
const close = (tx: Tx) =>
  sql`update figures_counted
    set closing_at = greatest(counted_until, now() - interval '5 seconds'), closing_xid = pg_current_xact_id()`.execute(
    tx,
  );

const quarterOf = (at: RawBuilder<unknown>) =>
  sql`date_bin('15 minutes', ${at}, timestamptz '2000-01-01 00:00:00Z')`;

/** An erased contact's events say nothing but their type: the message still knows its channel. */
const addSpan = (tx: Tx, from: string, until: string) =>
  sql`
    with facts as materialized (
      select o.org_id, fact.* from organization_settings o cross join lateral (
        select substr(type, 9) as kind, occurred_at as at, payload->>'channel' as channel, payload->>'flow_id' as flow_id,
          subject_id as message_id
        from events
        where org_id = o.org_id and recorded_at >= ${from}::timestamptz and recorded_at < ${until}::timestamptz
          and type in ('message.sent', 'message.delivered', 'message.bounced', 'message.failed', 'message.opened',
            'message.clicked', 'message.unsubscribed', 'message.complained')
          and payload->'machine' is distinct from 'true'::jsonb
        union all
        select 'skipped', at, null, null, message_id::text from decisions
        where org_id = o.org_id and at >= ${from}::timestamptz and at < ${until}::timestamptz
          and verdict in ('skipped', 'expired') and message_id is not null
      ) fact
    ), by_channel as (
      select org_id, ${quarterOf(sql`at`)} as quarter, kind, coalesce(channel, (
        select coalesce(m.channel, m.channels[1]) from messages m
        where m.org_id = facts.org_id and m.id = message_id::uuid)) as channel
      from facts
    ), by_type as (
      insert into event_figures (org_id, quarter, type, count)
      select o.org_id, ${quarterOf(sql`occurred_at`)}, type, count(*)
      from organization_settings o join events e on e.org_id = o.org_id
        and e.recorded_at >= ${from}::timestamptz and e.recorded_at < ${until}::timestamptz
      group by 1, 2, 3
      on conflict (org_id, type, quarter) do update set count = event_figures.count + excluded.count
    ), by_flow as (
      insert into flow_figures (org_id, flow_id, day, sent)
      select org_id, flow_id::uuid, (at at time zone 'UTC')::date as day, count(*) from facts
      where kind = 'sent' and flow_id is not null group by 1, 2, 3
      on conflict (org_id, flow_id, day) do update set sent = flow_figures.sent + excluded.sent
    )
    insert into figures (org_id, quarter, channel, kind, count)
    select org_id, quarter, channel, kind, count(*) from by_channel where channel is not null group by 1, 2, 3, 4
    on conflict (org_id, quarter, channel, kind) do update set count = figures.count + excluded.count`.execute(
    tx,
  );
