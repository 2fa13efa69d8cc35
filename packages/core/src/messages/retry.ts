import type { MessageSource, MessageStatus } from './message.js';

/**
 * Why a message may not be sent again by a person's decision; null when it may. What certainly did not go out may, what
 * went out may not, and what may have gone out only when they say so.
 */
export function retryRefusal(
  { status, source }: { status: MessageStatus; source: MessageSource },
  confirmed: boolean,
): string | null {
  if (source === 'permit')
    return 'Halyard does not send this one: who does has to ask for a permit with a new key.';
  switch (status) {
    case 'dead':
    case 'failed':
    case 'expired':
    case 'skipped':
    case 'cancelled':
      return null;
    case 'unknown':
      return confirmed
        ? null
        : 'This message may have arrived: look it up at the provider, then repeat this with confirm: true.';
    case 'scheduled':
      return 'This message is scheduled already.';
    case 'sending':
      return 'This message is being sent at this moment.';
    case 'sent':
    case 'delivered':
    case 'bounced':
      return 'This message went out already: send a new one.';
  }
}
