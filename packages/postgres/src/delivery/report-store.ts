import type { ReportEffect, ReportReaction, ReportStore } from '@halyard/core/delivery/apply-reports';
import { reactionTo } from '@halyard/core/delivery/apply-reports';
import type { ProviderReport } from '@halyard/core/delivery/provider';
import type { Reported } from '@halyard/core/delivery/report-spans';
import type { AttemptId, ConnectionId, MessageId, OrgId } from '@halyard/core/ids';
import { messageFacts } from '@halyard/core/messages/message-facts';
import { machineReason } from '@halyard/core/tracking/machine';
import { sql } from 'kysely';
import { appendConsent } from '../consents.js';
import type { Database, Tx } from '../database.js';
import { suppress } from '../suppressions.js';
import { pauseAfterReport } from './connection-health.js';
import { erasedAmong, withoutPerson } from './erased-messages.js';
import { answerInbound } from './inbound.js';
import { findMessages, findMessagesSurely, keepNew } from './keep-reports.js';
import { linkChat } from './link-chat.js';
import type { MessageEvent } from './message-events.js';
import { recordMessageEvents } from './message-events.js';
import type { ReportedMessage } from './reported-message.js';
import { moveMessage, sameTypeBefore } from './reported-message.js';
import { suppressSoftBounced } from './soft-bounces.js';

type React = (report: ProviderReport, message: Reported | null) => ReportReaction;

export class PgReportStore implements ReportStore {
  constructor(private readonly database: Database) {}

  apply(
    orgId: OrgId,
    connectionId: ConnectionId,
    reports: readonly ProviderReport[],
    react: React,
  ): Promise<number> {
    return this.database.forOrg(orgId, async (tx) => {
      const found = await findMessagesSurely(tx, orgId, connectionId, reports);
      return applyReports(tx, orgId, connectionId, reports, found, react);
    });
  }
}

async function applyReports(
  tx: Tx,
  orgId: OrgId,
  connectionId: ConnectionId,
  reports: readonly ProviderReport[],
  found: ReadonlyMap<string, MessageId>,
  react: React,
): Promise<number> {
  const believed = reports.filter((report) => !report.unproven || found.has(report.key));
  const erased = await erasedAmong(tx, orgId, [...new Set(found.values())]);
  const isErased = ({ key }: ProviderReport) => erased.has(found.get(key) as MessageId);
  const kept = believed.map((report) => (isErased(report) ? withoutPerson(report) : report));
  await suppressErased(tx, orgId, believed.filter(isErased), react);
  const fresh = await keepNew(tx, orgId, connectionId, kept, found);
  for (const report of fresh) {
    const message = await moveMessage(tx, orgId, report, found.get(report.key) ?? null);
    const seenBefore = message ? await sameTypeBefore(tx, orgId, message.id, report) : false;
    const { effects, trace } = react(report, message && reportedOf(message));
    const about = message && { ...message, trace_context: trace };
    if (about?.first_word) await recordMessageEvents(tx, [sentBefore(orgId, connectionId, report, about)]);
    for (const effect of effects) await act(tx, orgId, connectionId, report, about, effect, seenBefore);
  }
  return fresh.length;
}

/** Who complained after they were erased is not written to when they come back. */
async function suppressErased(
  tx: Tx,
  orgId: OrgId,
  reports: readonly ProviderReport[],
  react: React,
): Promise<void> {
  const entries = reports.flatMap((report) =>
    react(report, null).effects.flatMap((effect) =>
      effect.kind === 'suppress' && report.address
        ? { channel: report.channel, address: report.address, reason: effect.reason }
        : [],
    ),
  );
  await suppress(
    tx,
    orgId,
    entries.map((entry) => ({ ...entry, source: 'provider', erased: true })),
  );
}

const reportedOf = ({ id, attempt_id, trace_context }: ReportedMessage): Reported => ({
  messageId: id,
  attemptId: attempt_id as AttemptId | null,
  trace: trace_context,
});

/**
 * A webhook may be quicker than our own record of the call that it is about, and then names a message that nobody knows
 * yet. Once the call is recorded, in the same transaction, what was told of it early is applied. Returns how many there were.
 */
export async function applyEarlyReports(
  tx: Tx,
  accepted: readonly { orgId: OrgId; connectionId: ConnectionId; providerMessageId: string }[],
): Promise<number> {
  if (accepted.length === 0) return 0;
  const { rows } = await sql<EarlyRow>`
    delete from provider_reports r
    using unnest(${accepted.map((one) => one.orgId)}::uuid[], ${accepted.map((one) => one.connectionId)}::uuid[],
      ${accepted.map((one) => one.providerMessageId)}::text[]) as known (org_id, connection_id, provider_message_id)
    where r.org_id = known.org_id and r.connection_id = known.connection_id and r.message_id is null
      and r.payload->>'providerMessageId' = known.provider_message_id
    returning r.org_id, r.connection_id, r.payload`.execute(tx);
  for (const { org_id, connection_id, payload } of rows) {
    const report = { ...payload, occurredAt: new Date(payload.occurredAt) };
    const found = await findMessages(tx, org_id, connection_id, [report]);
    await applyReports(tx, org_id, connection_id, [report], found, reactionTo);
  }
  return rows.length;
}

interface EarlyRow {
  org_id: OrgId;
  connection_id: ConnectionId;
  payload: Omit<ProviderReport, 'occurredAt'> & { occurredAt: string };
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
    case 'link_chat':
      return linkChat(tx, orgId, report, effect.contactId);
    case 'inbound':
      return answerInbound(tx, orgId, report, effect.word);
  }
}

/** Of a call whose answer was lost with its worker: the report is its answer, and others are told as of any other. */
const sentBefore = (
  orgId: OrgId,
  connectionId: ConnectionId,
  report: ProviderReport,
  message: ReportedMessage,
): MessageEvent => ({
  orgId,
  messageId: message.id,
  contactId: message.contact_id,
  type: 'message.sent',
  payload: { ...factsOf(report, message), connection_id: connectionId },
  occurredAt: report.occurredAt,
  trace: message.trace_context,
});

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
  payload: { ...factsOf(report, message), ...payload, report: report.type },
  occurredAt: report.occurredAt,
  trace: message.trace_context,
});

const factsOf = (report: ProviderReport, message: ReportedMessage) =>
  messageFacts({
    messageId: message.id,
    channel: report.channel,
    flowId: message.flow_id,
    runId: message.run_id,
    stepId: message.step_id,
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
function machineBehind(report: ProviderReport, sentAt: Date | null): string | null {
  const { raw, occurredAt, byHand } = report;
  if (byHand) return null;
  const userAgent = /"user_?agent":"([^"]+)"/i.exec(JSON.stringify(raw) ?? '')?.[1];
  if (userAgent) return machineReason({ method: 'GET', userAgent, purpose: null, at: occurredAt }, sentAt);
  return sentAt && occurredAt.getTime() - sentAt.getTime() < tooSoonMs ? 'too_soon' : null;
}
const tooSoonMs = 3_000;
