import type { ReportedOutcome } from '@halyard/contracts/handovers/outcome';
import type { SendOutcome } from '../delivery/provider.js';

const throttledForMs = 60_000;

/** What a reported outcome says of the call: whether the provider took the message, and if not, what may follow. */
export function outcomeOf(reported: ReportedOutcome): SendOutcome {
  const { outcome, provider_message_id, invalid_address, retry_after_seconds } = reported;
  const code = reported.code ?? outcome;
  const detail = reported.detail ?? sentences[outcome];
  switch (outcome) {
    case 'sent':
    case 'delivered':
    case 'bounced':
      return {
        kind: 'accepted',
        ...(provider_message_id !== undefined && { providerMessageId: provider_message_id }),
      };
    case 'failed':
      return { kind: 'rejected', code, detail, ...(invalid_address && { invalidAddress: true }) };
    case 'throttled':
      return {
        kind: 'throttled',
        retryAfterMs: retry_after_seconds ? retry_after_seconds * 1_000 : throttledForMs,
        detail,
      };
    case 'not_sent':
      return { kind: 'failed_before_send', code, detail };
  }
}

const sentences: Record<ReportedOutcome['outcome'], string> = {
  sent: 'Reported as sent.',
  delivered: 'Reported as delivered.',
  bounced: 'Reported as bounced.',
  failed: 'Reported as refused for good.',
  throttled: 'Reported as refused for now.',
  not_sent: 'Reported as not sent.',
};
