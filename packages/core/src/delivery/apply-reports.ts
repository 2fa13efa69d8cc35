import type { Channel } from '@halyard/contracts/primitives';
import { crashPoint } from '#crash-point';
import type { Wakeups } from '../claim-loop.js';
import type { ReportSink } from '../connections/report-sink.js';
import { normalizeAddress } from '../contacts/address.js';
import type { SuppressionReason } from '../contacts/suppression.js';
import type { ConnectionId, ContactId, OrgId } from '../ids.js';
import { atSpanOf, traceIdOf } from '../trace.js';
import type { Watch } from '../watch.js';
import { unwatched } from '../watch.js';
import type { InboundWord } from './inbound-words.js';
import { wordIn } from './inbound-words.js';
import type { ProviderReport } from './provider.js';
import type { Reported } from './report-spans.js';
import { ReportSpans } from './report-spans.js';

/** What one report asks for, besides the status of its message. */
export type ReportEffect =
  | { kind: 'fact'; type: `message.${string}`; payload: Record<string, unknown> }
  | { kind: 'suppress'; reason: SuppressionReason }
  | { kind: 'count_soft_bounce' }
  | { kind: 'pause_connection'; why: string }
  | { kind: 'withdraw'; source: string }
  | { kind: 'engaged'; clicked: boolean }
  | { kind: 'link_chat'; contactId: ContactId }
  | { kind: 'inbound'; word: InboundWord | null };

/** What one report comes to. */
export interface ReportReaction {
  effects: ReportEffect[];
  /** What is written because of it follows from this, as a traceparent. */
  trace: string | null;
}

/** What reports need of the database. */
export interface ReportStore {
  /**
   * Keeps the reports that are new by their key and does what each asks for, in one transaction. Messages are found by
   * our own ids where the provider carried them, else by the provider's; unproven reports without one are dropped.
   * `react` is told of each new one, and of the message when it is known. Returns how many were new.
   */
  apply(
    orgId: OrgId,
    connectionId: ConnectionId,
    reports: readonly ProviderReport[],
    react: (report: ProviderReport, message: Reported | null) => ReportReaction,
  ): Promise<number>;
}

/**
 * Acts on what providers report: status forward only, unknown sends resolved, suppressions, engagement, answers. The
 * same reports in any order, and any number of times, leave the same state.
 */
export class ApplyReports implements ReportSink {
  constructor(
    private readonly store: ReportStore,
    private readonly wakeups: Wakeups,
    private readonly watch: Watch = unwatched,
    /** Whose chat a link began, read from its signed parameter; null when it is none of ours. */
    private readonly startedBy: (parameter: string) => ContactId | null = () => null,
  ) {}

  async apply(
    orgId: OrgId,
    connectionId: ConnectionId,
    reports: readonly ProviderReport[],
  ): Promise<{ applied: number }> {
    crashPoint('report-received');
    const seen = new ReportSpans(this.watch.tracing, connectionId);
    const told: { report: ProviderReport; message: Reported | null }[] = [];
    const react = (report: ProviderReport, message: Reported | null): ReportReaction => {
      told.push({ report, message });
      const effects = [...this.#linksOf(report), ...effectsOf(report)];
      return { effects, trace: message && seen.begin(report, message) };
    };
    const applied = await this.store
      .apply(orgId, connectionId, reports.map(normalized), react)
      .finally(() => seen.end());
    crashPoint('report-committed');
    for (const { report, message } of told) this.#tell(orgId, connectionId, report, message);
    if (applied > 0) for (const kind of ['events', 'outbox', 'messages'] as const) this.wakeups.poke(kind);
    return { applied };
  }

  #linksOf({ startedWith }: ProviderReport): ReportEffect[] {
    const contactId = startedWith === undefined ? null : this.startedBy(startedWith);
    return contactId ? [{ kind: 'link_chat', contactId }] : [];
  }

  #tell(orgId: OrgId, connectionId: ConnectionId, report: ProviderReport, message: Reported | null): void {
    const { log, metrics } = this.watch;
    metrics.count('reports_total', { type: report.type });
    const ids = {
      org_id: orgId,
      connection_id: connectionId,
      message_id: message?.messageId,
      attempt_id: message?.attemptId ?? undefined,
      trace_id: traceIdOf(message?.trace),
      report: report.type,
    };
    if (expected.has(report.type)) log.debug(ids, 'a provider reported');
    else log.info(ids, 'a provider reported');
  }
}

const expected: ReadonlySet<ProviderReport['type']> = new Set(['delivered', 'opened', 'clicked', 'inbound']);

/** What follows when nobody watches: from the call that was made. */
export const reactionTo = (report: ProviderReport, message: Reported | null): ReportReaction => ({
  effects: effectsOf(report),
  trace: message?.attemptId ? atSpanOf(message.trace, message.attemptId) : null,
});

/** What follows from a report; pure. */
export function effectsOf(report: ProviderReport): ReportEffect[] {
  const detail = report.detail ? { detail: report.detail } : {};
  switch (report.type) {
    case 'delivered':
      return [{ kind: 'fact', type: 'message.delivered', payload: {} }];
    case 'failed':
      return [{ kind: 'fact', type: 'message.failed', payload: detail }];
    case 'bounced':
      return [
        { kind: 'fact', type: 'message.bounced', payload: { ...detail, bounce: 'hard' } },
        ...afterRefusal(report),
      ];
    case 'soft_bounced':
      return [
        { kind: 'fact', type: 'message.bounced', payload: { ...detail, bounce: 'soft' } },
        { kind: 'count_soft_bounce' },
      ];
    case 'complained':
      return [
        { kind: 'fact', type: 'message.complained', payload: detail },
        { kind: 'suppress', reason: 'complaint' },
        { kind: 'withdraw', source: 'complaint' },
      ];
    case 'unsubscribed':
      return [
        { kind: 'fact', type: 'message.unsubscribed', payload: detail },
        { kind: 'suppress', reason: 'unsubscribed' },
        { kind: 'withdraw', source: 'provider' },
      ];
    case 'opened':
    case 'clicked':
      return [{ kind: 'engaged', clicked: report.type === 'clicked' }];
    case 'inbound':
      return [{ kind: 'inbound', word: wordOf(report) }];
  }
}

function afterRefusal({ refused = 'address', detail }: ProviderReport): ReportEffect[] {
  switch (refused) {
    case 'address':
      return [{ kind: 'suppress', reason: 'hard_bounce' }];
    case 'sender':
      return [{ kind: 'pause_connection', why: detail ?? 'A mail server refuses this sender.' }];
    case 'message':
      return [];
  }
}

const phoneChannels: readonly Channel[] = ['sms', 'whatsapp'];
/** To bots people say /stop and /start. */
const wordChannels: readonly Channel[] = [...phoneChannels, 'telegram'];

const wordOf = ({ channel, text }: ProviderReport): InboundWord | null =>
  text !== undefined && wordChannels.includes(channel) ? wordIn(text) : null;

/** Vendors write phone numbers without the plus sign. */
function normalized(report: ProviderReport): ProviderReport {
  if (report.address === undefined) return report;
  const phone = phoneChannels.includes(report.channel);
  const written = phone && /^\d{7,}$/.test(report.address) ? `+${report.address}` : report.address;
  const address = normalizeAddress(report.channel, written, null);
  return address.ok ? { ...report, address: address.address } : report;
}
