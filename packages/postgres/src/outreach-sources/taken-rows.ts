import type { OrgId, OutreachSourceId } from '@halyard/core/ids';
import type { RefusedRow, RowFate } from '@halyard/core/outreach-sources/other-table';
import type { HeldRow, TakenRows } from '@halyard/core/outreach-sources/source-store';
import { storableText } from '@halyard/core/storable-text';
import { sql } from 'kysely';
import type { Database } from '../database.js';
import { itemError } from '../outreach-states.js';

/** For so long what seems to be over is followed: a person may send it again, and what was sent may bounce. */
const settledAfter = sql.lit('7 days');
/** So long a report is waited for that may never come. What is yet to be sent is followed until it is, or expires. */
const longest = sql.lit('60 days');

export class PgTakenRows implements TakenRows {
  constructor(private readonly database: Database) {}

  async follow(
    orgId: OrgId,
    sourceId: OutreachSourceId,
    rows: readonly { rowId: string; itemId: string; written: string }[],
    now: Date,
  ): Promise<void> {
    if (rows.length === 0) return;
    await this.database.forOrg(orgId, (tx) =>
      sql`
        insert into outreach_source_rows (org_id, source_id, row_id, item_id, written, taken_at, checked_at)
        select ${orgId}, ${sourceId}, row_id, item_id, written, ${now}, ${now}
        from jsonb_to_recordset(${JSON.stringify(rows.map(toRow))}::jsonb)
          as given (row_id text, item_id uuid, written text)
        order by row_id
        on conflict (org_id, source_id, row_id) do update
        set item_id = excluded.item_id, written = excluded.written, taken_at = excluded.taken_at,
          checked_at = excluded.checked_at, refusal = null, retry_at = null`.execute(tx),
    );
  }

  async hold(
    orgId: OrgId,
    sourceId: OutreachSourceId,
    rows: readonly (RefusedRow & { itemId: string })[],
    { retryAt, waiting }: { retryAt: Date; waiting: boolean },
  ): Promise<void> {
    if (rows.length === 0) return;
    const given = rows.map(({ rowId, itemId, reason }) => ({
      row_id: rowId,
      item_id: itemId,
      refusal: storableText(reason),
    }));
    await this.database.forOrg(orgId, (tx) =>
      sql`
        insert into outreach_source_rows as r (org_id, source_id, row_id, item_id, refusal, retry_at)
        select ${orgId}, ${sourceId}, row_id, item_id, refusal, ${retryAt}
        from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
          as given (row_id text, item_id uuid, refusal text)
        order by row_id
        on conflict (org_id, source_id, row_id) do update
        set refusal = excluded.refusal, retry_at = excluded.retry_at,
          written = case when ${waiting} then null else r.written end`.execute(tx),
    );
  }

  held(orgId: OrgId, sourceId: OutreachSourceId, now: Date, limit: number): Promise<HeldRow[]> {
    return this.database.forOrg(orgId, async (tx) => {
      const rows = await tx
        .selectFrom('outreach_source_rows')
        .select(['row_id', 'written', 'refusal'])
        .where('org_id', '=', orgId)
        .where('source_id', '=', sourceId)
        .where('refusal', 'is not', null)
        .where('retry_at', '>', now)
        .orderBy('retry_at')
        .orderBy('row_id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        rowId: row.row_id,
        reason: row.refusal ?? '',
        waiting: row.written === null,
      }));
    });
  }

  toWrite(
    orgId: OrgId,
    sourceId: OutreachSourceId,
    now: Date,
    limit: number,
  ): Promise<(RowFate & { from: string })[]> {
    return this.database.forOrg(orgId, async (tx) => {
      const { rows } = await sql<FateRow>`
        select * from (
          select r.row_id, r.written as "from", r.checked_at,
            case when i.state = 'released' then coalesce(m.status, 'scheduled') else i.state end as status,
            ${itemError} as error,
            m.sent_at, m.delivered_at, i.message_id
          from outreach_source_rows r
          join outreach_items i on i.org_id = r.org_id and i.id = r.item_id
          left join messages m on m.org_id = i.org_id and m.id = i.message_id
          where r.org_id = ${orgId} and r.source_id = ${sourceId} and r.written is not null
            and (r.retry_at is null or r.retry_at <= ${now})
        ) fates
        where status is distinct from "from"
        order by checked_at, row_id limit ${limit}`.execute(tx);
      return rows.map(toFate);
    });
  }

  async written(
    orgId: OrgId,
    sourceId: OutreachSourceId,
    fates: readonly { rowId: string; status: string }[],
    now: Date,
  ): Promise<void> {
    if (fates.length === 0) return;
    const rows = fates.map(({ rowId, status }) => ({ row_id: rowId, status }));
    await this.database.forOrg(orgId, (tx) =>
      sql`
        update outreach_source_rows r set written = given.status, checked_at = ${now}, refusal = null, retry_at = null
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (row_id text, status text)
        where r.org_id = ${orgId} and r.source_id = ${sourceId} and r.row_id = given.row_id`.execute(tx),
    );
  }

  async forget(orgId: OrgId, sourceId: OutreachSourceId, rowIds: readonly string[]): Promise<void> {
    if (rowIds.length === 0) return;
    await this.database.forOrg(orgId, (tx) =>
      tx
        .deleteFrom('outreach_source_rows')
        .where('org_id', '=', orgId)
        .where('source_id', '=', sourceId)
        .where('row_id', 'in', rowIds)
        .execute(),
    );
  }

  async forgetSettled(orgId: OrgId, sourceId: OutreachSourceId, now: Date): Promise<void> {
    await this.database.forOrg(orgId, (tx) =>
      sql`
        delete from outreach_source_rows
        where org_id = ${orgId} and source_id = ${sourceId}
          and (written is null and retry_at < ${now}::timestamptz - ${settledAfter}::interval
            or written = 'unknown' and checked_at < ${now}::timestamptz - ${longest}::interval
            or (checked_at < ${now}::timestamptz - ${settledAfter}::interval
              and written not in ('accepted', 'waiting', 'scheduled', 'sending', 'unknown')))`.execute(tx),
    );
  }
}

const toRow = ({ rowId, itemId, written }: { rowId: string; itemId: string; written: string }) => ({
  row_id: rowId,
  item_id: itemId,
  written,
});

interface FateRow {
  row_id: string;
  from: string;
  status: string;
  error: string | null;
  sent_at: Date | null;
  delivered_at: Date | null;
  message_id: string | null;
}

const toFate = (row: FateRow): RowFate & { from: string } => ({
  rowId: row.row_id,
  from: row.from,
  status: row.status,
  error: row.error,
  sentAt: row.sent_at,
  deliveredAt: row.delivered_at,
  messageId: row.message_id,
});
