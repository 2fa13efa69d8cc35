import type { Permit } from '@halyard/contracts/handovers/permit';
import { awaitingPermit } from '../delivery/who-sends.js';
import type { PermitState } from './handover-store.js';

/**
 * What the message of a permit says to whoever asks for it (again). `handedOut`: it was permitted to this very asker; to
 * another with the same key it is refused, as it may be out already, and must not go out a second time.
 */
export function verdictOf({
  status,
  handedOut,
}: Pick<PermitState, 'status' | 'handedOut'>): Permit['verdict'] {
  switch (status) {
    case 'scheduled':
      return 'deferred';
    case 'sending':
      return handedOut ? 'granted' : 'refused';
    case 'sent':
    case 'delivered':
    case 'bounced':
    case 'unknown':
    case 'failed':
    case 'dead':
    case 'skipped':
    case 'cancelled':
    case 'expired':
      return 'refused';
  }
}

/** Why a permit is no longer one: what became of it; null when rules say why. */
export function usedUp({
  status,
  handedOut,
}: Pick<PermitState, 'status' | 'handedOut'>): { reason: string; explanation: string } | null {
  switch (status) {
    case 'sending':
      return handedOut
        ? null
        : {
            reason: 'already_granted',
            explanation:
              'It was permitted with this key and nothing is reported yet. Whoever lost that answer gets it again with the Idempotency-Key of that request.',
          };
    case 'sent':
    case 'delivered':
    case 'bounced':
      return {
        reason: 'already_sent',
        explanation: 'It was sent with this key. Use a new key for a new message.',
      };
    case 'unknown':
      return {
        reason: 'not_reported',
        explanation: 'It may be out already. Report what became of its attempt; after not_sent, ask again.',
      };
    default:
      return null;
  }
}

/** Whether it is decided when it is asked for: it never was, its time has come, or it did not go out the last time. */
export const isToDecide = (
  { status, reason, dueAt }: Pick<PermitState, 'status' | 'reason' | 'dueAt'>,
  now: Date,
): boolean => status === 'scheduled' && (dueAt <= now || reason === awaitingPermit);
