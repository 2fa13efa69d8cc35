import type { MessageStatus } from '../messages/message.js';
import type { ProviderReport } from './provider.js';

type ReportType = ProviderReport['type'];

/** Later statuses win, whichever report came first: what bounced stays bounced when "delivered" limps behind. */
const rank: Partial<Record<MessageStatus, number>> = { sent: 1, delivered: 2, failed: 3, bounced: 4 };

const statusOf: Partial<Record<ReportType, MessageStatus>> = {
  delivered: 'delivered',
  failed: 'failed',
  bounced: 'bounced',
};

/**
 * The status of a message when these reports have come, in any order and any number: forward only, sent → delivered →
 * failed → bounced. Any report proves that it went out, so one whose fate was unknown counts as sent.
 */
export function statusAfter(current: MessageStatus, reports: Iterable<ReportType>): MessageStatus {
  let status: MessageStatus = rank[current] ? current : 'sent';
  for (const report of reports) {
    const reported = statusOf[report];
    if (reported && (rank[reported] ?? 0) > (rank[status] ?? 0)) status = reported;
  }
  return status;
}

/** An address that bounced softly in so many messages within 30 days is given up. */
export const softBounceLimit = 3;
