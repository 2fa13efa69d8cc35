import type { Channel } from '@halyard/contracts/primitives';
import { crashPoint } from '#crash-point';
import type { Wakeups } from '../claim-loop.js';
import type { ReportSink } from '../connections/report-sink.js';
import { normalizeAddress } from '../contacts/address.js';
import type { SuppressionReason } from '../contacts/suppression.js';
import type { ConnectionId, OrgId } from '../ids.js';
import type { InboundWord } from './inbound-words.js';
import { wordIn } from './inbound-words.js';
import type { ProviderReport } from './provider.js';

/** What one report asks for, besides the status of its message. */
export type ReportEffect =
  | { kind: 'fact'; type: `message.${string}`; payload: Record<string, unknown> }
  | { kind: 'suppress'; reason: SuppressionReason }
  | { kind: 'count_soft_bounce' }
  | { kind: 'pause_connection'; why: string }
  | { kind: 'withdraw'; source: string }
  | { kind: 'engaged'; clicked: boolean }
  | { kind: 'inbound'; word: InboundWord | null };

/** What reports need of the database. */
export interface ReportStore {
  /**
   * Keeps the reports that are new by their key and does what each asks for, in one transaction. Messages are found by
   * our own ids where the provider carried them, else by the provider's; unproven reports without one are dropped.
   * Returns how many were new.
   */
  apply(
    orgId: OrgId,
    connectionId: ConnectionId,
    reports: readonly ProviderReport[],
    effectsOf: (report: ProviderReport) => ReportEffect[],
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
  ) {}

  async apply(
    orgId: OrgId,
    connectionId: ConnectionId,
    reports: readonly ProviderReport[],
  ): Promise<{ applied: number }> {
    crashPoint('report-received');
    const applied = await this.store.apply(orgId, connectionId, reports.map(normalized), effectsOf);
    crashPoint('report-committed');
    if (applied > 0) for (const kind of ['events', 'outbox', 'messages'] as const) this.wakeups.poke(kind);
    return { applied };
  }
}

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

const wordChannels: readonly Channel[] = ['sms', 'whatsapp'];

const wordOf = ({ channel, text }: ProviderReport): InboundWord | null =>
  text !== undefined && wordChannels.includes(channel) ? wordIn(text) : null;

/** Vendors write phone numbers without the plus sign. */
function normalized(report: ProviderReport): ProviderReport {
  if (report.address === undefined) return report;
  const phone = wordChannels.includes(report.channel);
  const written = phone && /^\d{7,}$/.test(report.address) ? `+${report.address}` : report.address;
  const address = normalizeAddress(report.channel, written, null);
  return address.ok ? { ...report, address: address.address } : report;
}
