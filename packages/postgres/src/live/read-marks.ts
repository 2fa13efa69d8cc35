import type { OrgId } from '@halyard/core/ids';
import type { MarkStore } from '@halyard/core/live/live-changes';
import type { Marks } from '@halyard/core/live/marks';
import { sql } from 'kysely';
import type { Database } from '../database.js';
import { planned } from '../plan-once.js';

/**
 * Reads the newest entries of indexes that are there for lists, a few dozen of each: not just the newest one, as what was
 * begun earlier may be committed later. What is written at every send has no index by when it changed, which would cost each
 * message three entries more: attempts, decisions and events tell of it.
 */
export class PgMarkStore implements MarkStore {
  constructor(private readonly database: Database) {}

  read(orgId: OrgId): Promise<Marks> {
    return this.database.forOrg(orgId, async (tx) => {
      const { rows } = await sql<Marks>`${planned}
        select
          (select coalesce(jsonb_agg(jsonb_build_array(seq::text, coalesce(target_type, ''))), '[]') from (
            select seq, target_type from audit_log where org_id = ${orgId} order by seq desc limit 50) newest) as audited,
          (select coalesce(jsonb_agg(jsonb_build_array(id, split_part(type, '.', 1))), '[]') from (
            select id, type from events where org_id = ${orgId} order by recorded_at desc, id desc limit 50) newest) as events,
          jsonb_build_object(
            'messages', ${messages(orgId)},
            'flows', ${print(sql`select id::text as mark from runs where org_id = ${orgId} order by id desc limit 30`)},
            'campaigns', ${print(sql`
              select concat_ws(' ', campaign_id, n, status, recipients, chunks, walked_to) as mark
              from campaign_occurrences where org_id = ${orgId} and status in ('walking', 'sending') limit 50`)},
            'imports', ${print(sql`
              select concat_ws(' ', id, status, rows_read, done_bytes, rejected_count) as mark
              from imports where org_id = ${orgId} order by created_at desc limit 20`)},
            'connections', ${print(sql`
              select concat_ws(' ', id, status, breaker_state, tested_at, updated_at) as mark
              from connections where org_id = ${orgId} order by id limit 100`)},
            'review_items', ${print(sql`
              (select id::text as mark from review_items where org_id = ${orgId} order by id desc limit 30)
              union all (select count(*)::text from (
                select from review_items where org_id = ${orgId} and status = 'open' limit 1000) open)`)},
            'alerts', ${print(sql`
              (select concat_ws(' ', id, status, notified_at) as mark
                from alerts where org_id = ${orgId} order by id desc limit 30)
              union all (select concat_ws(' ', id, outcome) from alert_rules where org_id = ${orgId} order by id limit 100)
              union all (select concat_ws(' ', id, count, status)
                from failures where org_id = ${orgId} order by last_at desc, id desc limit 30)`)},
            'overview', ${print(sql`
              select concat_ws(' ', quarter, channel, kind, count) as mark from figures
              where org_id = ${orgId} order by quarter desc, channel desc, kind desc limit 30`)},
            'sandbox', ${print(sql`
              select concat_ws(' ', id, tries) as mark
              from sandbox_inbox where org_id = ${orgId} and arrived order by received_at desc, id desc limit 30`)},
            'webhooks', ${print(sql`
              select concat_ws(' ', id, status, tries) as mark
              from deliveries where org_id = ${orgId} order by id desc limit 30`)}
          ) as prints`.execute(tx);
      const [marks] = rows;
      if (!marks) throw new Error('A select without a table gave no row.');
      return marks;
    });
  }
}

type Part = ReturnType<typeof sql>;

const print = (marks: Part): Part =>
  sql`(select md5(coalesce(string_agg(mark, ' '), '')) from (${marks}) newest)`;

/**
 * Planned, begun, put off, ended without a trace elsewhere; and what waits to be decided, which moves messages. Each column
 * needs a name of its own: `id::text` is called `id`, would be what `order by id` means, and every row would be sorted.
 */
const messages = (orgId: OrgId): Part =>
  print(sql`
    (select id::text as mark from messages where org_id = ${orgId} order by created_at desc, id desc limit 30)
    union all (select id::text as mark from messages where org_id = ${orgId} and status = 'unknown'
      order by created_at desc, id desc limit 30)
    union all (select id::text as mark from attempts where org_id = ${orgId} order by id desc limit 30)
    union all (select id::text as mark from decisions where org_id = ${orgId} order by id desc limit 30)
    union all (select event_id::text as mark from pending_events where org_id = ${orgId} order by seq desc limit 10)`);
