import type { ProviderReport } from '@halyard/core/delivery/provider';
import type { ConnectionId, MessageId, OrgId } from '@halyard/core/ids';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Tx } from '../database.js';

/** The message that each report is about, by the report's key. */
export async function findMessages(
  tx: Tx,
  orgId: OrgId,
  connectionId: ConnectionId,
  reports: readonly ProviderReport[],
): Promise<Map<string, MessageId>> {
  const asked = reports.map((report) => ({
    key: report.key,
    message_id: report.messageId ?? null,
    attempt_id: report.attemptId ?? null,
    provider_message_id: report.providerMessageId ?? null,
    unproven: report.unproven ?? false,
    address: report.address ?? null,
  }));
  const { rows } = await sql<{ key: string; message_id: MessageId | null }>`
    select asked.key, case when asked.unproven then (
      select m.id from messages m
      where m.org_id = ${orgId} and m.id = asked.message_id
        and lower(m.address) = coalesce(lower(asked.address), lower(m.address))
        and exists (
          select from attempts a where a.org_id = m.org_id and a.message_id = m.id
            and a.connection_id = ${connectionId} and coalesce(a.outcome in ('accepted', 'unknown'), true))
    ) else coalesce(
      (select id from messages where org_id = ${orgId} and id = asked.message_id),
      (select message_id from attempts where org_id = ${orgId} and id = asked.attempt_id),
      (select message_id from attempts where org_id = ${orgId} and connection_id = ${connectionId}
        and provider_message_id = asked.provider_message_id order by started_at desc limit 1)
    ) end as message_id
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
      as asked (key text, message_id uuid, attempt_id uuid, provider_message_id text, unproven boolean,
        address text)`.execute(tx);
  return new Map(rows.flatMap((row) => (row.message_id ? [[row.key, row.message_id]] : [])));
}

/**
 * The same, waiting for calls through the connection that are being recorded right now: without it, a record that does
 * not see the report yet and a report that does not see the record yet would miss one another for good.
 */
export async function findMessagesSurely(
  tx: Tx,
  orgId: OrgId,
  connectionId: ConnectionId,
  reports: readonly ProviderReport[],
): Promise<Map<string, MessageId>> {
  const found = await findMessages(tx, orgId, connectionId, reports);
  const early = reports.filter(({ key, providerMessageId }) => providerMessageId && !found.has(key));
  if (early.length === 0) return found;
  await sql`select pg_advisory_xact_lock(${lockOf(sql`${connectionId}`)})`.execute(tx);
  return new Map([...found, ...(await findMessages(tx, orgId, connectionId, early))]);
}

/** Lets reports through these connections wait until what is recorded in this transaction can be seen. */
export async function holdReports(tx: Tx, connectionIds: readonly ConnectionId[]): Promise<void> {
  if (connectionIds.length === 0) return;
  await sql`
    select pg_advisory_xact_lock_shared(${lockOf(sql`id`)})
    from unnest(${[...new Set(connectionIds)]}::text[]) as id order by id`.execute(tx);
}

const lockOf = (connection: RawBuilder<unknown>) => sql`hashtextextended('reports of ' || ${connection}, 0)`;

/** Keeps what was not reported before, and returns it in the order of its moments. */
export async function keepNew(
  tx: Tx,
  orgId: OrgId,
  connectionId: ConnectionId,
  reports: readonly ProviderReport[],
  found: ReadonlyMap<string, MessageId>,
): Promise<ProviderReport[]> {
  const rows = reports.map((report) => ({
    key: report.key,
    type: report.type,
    message_id: found.get(report.key) ?? null,
    payload: report,
  }));
  const inserted = await sql<{ report_key: string }>`
    insert into provider_reports (org_id, connection_id, report_key, type, message_id, payload)
    select distinct on (key) ${orgId}, ${connectionId}, key, type, message_id, payload
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given (key text, type text, message_id uuid, payload jsonb)
    order by key
    on conflict do nothing
    returning report_key`.execute(tx);
  const fresh = new Map(reports.map((report) => [report.key, report]));
  return inserted.rows
    .flatMap((row) => fresh.get(row.report_key) ?? [])
    .sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
}
