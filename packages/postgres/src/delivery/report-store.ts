import type { ReportEffect, ReportStore } from '@halyard/core/delivery/apply-reports';
import { effectsOf } from '@halyard/core/delivery/apply-reports';
import type { ProviderReport } from '@halyard/core/delivery/provider';
import { statusAfter } from '@halyard/core/delivery/reported-status';
import type { ConnectionId, ContactId, MessageId, OrgId } from '@halyard/core/ids';
import type { MessageStatus } from '@halyard/core/messages/message';
import { machineReason } from '@halyard/core/tracking/machine';
import { sql } from 'kysely';
import { appendConsent } from '../consents.js';
import type { Database, Tx } from '../database.js';
import { suppress } from '../suppressions.js';
import { pauseAfterReport } from './connection-health.js';
import { answerInbound } from './inbound.js';
import type { MessageEvent } from './message-events.js';
import { factsOf, recordMessageEvents } from './message-events.js';
import { suppressSoftBounced } from './soft-bounces.js';

type EffectsOf = (report: ProviderReport) => ReportEffect[];

export class PgReportStore implements ReportStore {
  constructor(private readonly database: Database) {}

  apply(
    orgId: OrgId,
    connectionId: ConnectionId,
    reports: readonly ProviderReport[],
    effectsOf: EffectsOf,
  ): Promise<number> {
    return this.database.forOrg(orgId, (tx) => applyReports(tx, orgId, connectionId, reports, effectsOf));
  }
}

async function applyReports(
  tx: Tx,
  orgId: OrgId,
  connectionId: ConnectionId,
  reports: readonly ProviderReport[],
  effectsFor: EffectsOf,
): Promise<number> {
  const found = await findMessages(tx, orgId, connectionId, reports);
  const believed = reports.filter((report) => !report.unproven || found.has(report.key));
  const fresh = await keepNew(tx, orgId, connectionId, believed, found);
  for (const report of fresh) {
    const message = await moveMessage(tx, orgId, report, found.get(report.key) ?? null);
    const seenBefore = message ? await sameTypeBefore(tx, orgId, message.id, report) : false;
    for (const effect of effectsFor(report))
      await act(tx, orgId, connectionId, report, message, effect, seenBefore);
  }
  return fresh.length;
}

/**
 * A webhook may be quicker than our own record of the call that it is about, and then names a message that nobody knows
 * yet. Once the call is recorded, in the same transaction, what was told of it early is applied.
 */
export async function applyEarlyReports(
  tx: Tx,
  accepted: readonly { orgId: OrgId; connectionId: ConnectionId; providerMessageId: string }[],
): Promise<void> {
  if (accepted.length === 0) return;
  const { rows } = await sql<EarlyRow>`
    delete from provider_reports r
    using unnest(${accepted.map((one) => one.orgId)}::uuid[], ${accepted.map((one) => one.connectionId)}::uuid[],
      ${accepted.map((one) => one.providerMessageId)}::text[]) as known (org_id, connection_id, provider_message_id)
    where r.org_id = known.org_id and r.connection_id = known.connection_id and r.message_id is null
      and r.payload->>'providerMessageId' = known.provider_message_id
    returning r.org_id, r.connection_id, r.payload`.execute(tx);
  for (const { org_id, connection_id, payload } of rows) {
    const report = { ...payload, occurredAt: new Date(payload.occurredAt) };
    await applyReports(tx, org_id, connection_id, [report], effectsOf);
  }
}

interface EarlyRow {
  org_id: OrgId;
  connection_id: ConnectionId;
  payload: Omit<ProviderReport, 'occurredAt'> & { occurredAt: string };
}

/** The message that each report is about, by the report's key. */
async function findMessages(
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
      where m.org_id = ${orgId} and m.id::text = asked.message_id
        and lower(m.address) = coalesce(lower(asked.address), lower(m.address))
        and exists (
          select from attempts a where a.org_id = m.org_id and a.message_id = m.id
            and a.connection_id = ${connectionId} and coalesce(a.outcome in ('accepted', 'unknown'), true))
    ) else coalesce(
      (select id from messages where org_id = ${orgId} and id::text = asked.message_id),
      (select message_id from attempts where org_id = ${orgId} and id::text = asked.attempt_id),
      (select message_id from attempts where org_id = ${orgId} and connection_id = ${connectionId}
        and provider_message_id = asked.provider_message_id order by started_at desc limit 1)
    ) end as message_id
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
      as asked (key text, message_id text, attempt_id text, provider_message_id text, unproven boolean,
        address text)`.execute(tx);
  return new Map(rows.flatMap((row) => (row.message_id ? [[row.key, row.message_id]] : [])));
}

/** Keeps what was not reported before, and returns it in the order of its moments. */
async function keepNew(
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

export interface ReportedMessage {
  id: MessageId;
  contact_id: ContactId | null;
  status: MessageStatus;
  channel: ProviderReport['channel'] | null;
  address: string | null;
  flow_id: string | null;
  run_id: string | null;
  step_id: string | null;
  sent_at: Date | null;
}

/** Moves the message forward by all that was reported of it, and settles the attempt whose fate was unknown. */
async function moveMessage(
  tx: Tx,
  orgId: OrgId,
  report: ProviderReport,
  id: MessageId | null,
): Promise<ReportedMessage | null> {
  if (!id || report.type === 'inbound') return null;
  const message = await tx
    .selectFrom('messages')
    .select(['id', 'contact_id', 'status', 'channel', 'address', 'flow_id', 'run_id', 'step_id', 'sent_at'])
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forUpdate()
    .$castTo<ReportedMessage>()
    .executeTakeFirst();
  if (!message) return null;
  const { rows } = await sql<{ type: ProviderReport['type'] }>`
    select distinct type from provider_reports where org_id = ${orgId} and message_id = ${id}`.execute(tx);
  const status = statusAfter(
    message.status,
    rows.map((row) => row.type),
  );
  await tx
    .updateTable('messages')
    .set({
      // While a call is under way its own outcome will say that it was sent.
      status: message.status === 'sending' && status === 'sent' ? message.status : status,
      ...(report.type === 'delivered' && {
        delivered_at: sql<Date>`least(delivered_at, ${report.occurredAt})`,
      }),
      ...(message.status === 'unknown' && { reason: null }),
      provider_message_id: sql<string>`coalesce(provider_message_id, ${report.providerMessageId ?? null})`,
      updated_at: sql`now()`,
    })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute();
  await settleUnknown(tx, orgId, id, report);
  return message;
}

/** A report is the answer that the call did not get. Its review item has nothing left to ask. */
async function settleUnknown(tx: Tx, orgId: OrgId, id: MessageId, report: ProviderReport): Promise<void> {
  await tx
    .updateTable('attempts')
    .set({
      outcome: 'accepted',
      provider_message_id: sql`coalesce(provider_message_id, ${report.providerMessageId ?? null})`,
    })
    .where('org_id', '=', orgId)
    .where('message_id', '=', id)
    .where('outcome', '=', 'unknown')
    .execute();
  await tx
    .updateTable('review_items')
    .set({ status: 'resolved', resolved_at: sql`now()`, resolved_by: 'provider report' })
    .where('org_id', '=', orgId)
    .where('subject_type', '=', 'message')
    .where('subject_id', '=', id)
    .where('kind', '=', 'unknown_message')
    .where('status', '=', 'open')
    .execute();
}

/** Vendors tell the same twice under two keys: a delivery or bounce is one fact, however often it is told. */
async function sameTypeBefore(tx: Tx, orgId: OrgId, id: MessageId, report: ProviderReport): Promise<boolean> {
  if (report.type === 'opened' || report.type === 'clicked') return false;
  const { rows } = await sql<{ seen: boolean }>`
    select exists (
      select from events where org_id = ${orgId} and subject_type = 'message' and subject_id = ${id}
        and payload->>'report' = ${report.type}
    ) as seen`.execute(tx);
  return rows[0]?.seen ?? false;
}

async function act(
  tx: Tx,
  orgId: OrgId,
  connectionId: ConnectionId,
  report: ProviderReport,
  message: ReportedMessage | null,
  effect: ReportEffect,
  seenBefore: boolean,
): Promise<void> {
  const address = message?.address ?? report.address;
  switch (effect.kind) {
    case 'fact':
      if (message && !seenBefore) await recordMessageEvents(tx, [factAbout(orgId, report, message, effect)]);
      return;
    case 'suppress':
      if (address)
        await suppress(tx, orgId, [
          { channel: report.channel, address, reason: effect.reason, source: 'provider' },
        ]);
      return;
    case 'count_soft_bounce':
      if (message) await suppressSoftBounced(tx, orgId, message);
      return;
    case 'pause_connection':
      if (message) await pauseAfterReport(tx, orgId, connectionId, message.id, effect.why);
      return;
    case 'withdraw':
      if (message?.contact_id)
        await appendConsent(tx, orgId, [
          {
            contactId: message.contact_id,
            channel: report.channel,
            topic: '*',
            state: 'withdrawn',
            source: effect.source,
            evidence: { message_id: message.id },
            occurredAt: report.occurredAt,
          },
        ]);
      return;
    case 'engaged':
      if (message) await engage(tx, orgId, report, message, effect.clicked);
      return;
    case 'inbound':
      return answerInbound(tx, orgId, report, effect.word);
  }
}

const factAbout = (
  orgId: OrgId,
  report: ProviderReport,
  message: ReportedMessage,
  { type, payload }: Extract<ReportEffect, { kind: 'fact' }>,
): MessageEvent => ({
  orgId,
  messageId: message.id,
  contactId: message.contact_id,
  type,
  payload: {
    ...factsOf({
      messageId: message.id,
      channel: report.channel,
      flowId: message.flow_id,
      runId: message.run_id,
      stepId: message.step_id,
    }),
    ...payload,
    report: report.type,
  },
  occurredAt: report.occurredAt,
});

/** Opens and clicks by machines are kept, tagged; they do not count and nobody is told. */
async function engage(
  tx: Tx,
  orgId: OrgId,
  report: ProviderReport,
  message: ReportedMessage,
  clicked: boolean,
): Promise<void> {
  const at = report.occurredAt;
  const machine = machineBehind(report, message.sent_at);
  const payload = { machine: machine !== null, machine_reason: machine };
  const type = clicked ? 'message.clicked' : 'message.opened';
  const fact = factAbout(orgId, report, message, { kind: 'fact', type, payload });
  await recordMessageEvents(tx, [{ ...fact, quiet: machine !== null }]);
  if (machine !== null) return;
  await tx
    .updateTable('messages')
    .set({
      opened_at: sql<Date>`least(opened_at, ${at})`, // who clicks has opened
      ...(clicked && { clicked_at: sql<Date>`least(clicked_at, ${at})` }),
    })
    .where('org_id', '=', orgId)
    .where('id', '=', message.id)
    .execute();
}

/** Some vendors pass the reader's agent on; for the others only the time since sending tells. */
function machineBehind({ raw, occurredAt }: ProviderReport, sentAt: Date | null): string | null {
  const userAgent = /"user_?agent":"([^"]+)"/i.exec(JSON.stringify(raw) ?? '')?.[1];
  if (userAgent) return machineReason({ method: 'GET', userAgent, purpose: null, at: occurredAt }, sentAt);
  return sentAt && occurredAt.getTime() - sentAt.getTime() < tooSoonMs ? 'too_soon' : null;
}
const tooSoonMs = 3_000;
