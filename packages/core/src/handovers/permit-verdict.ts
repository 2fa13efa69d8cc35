import type { Permit } from '@halyard/contracts/handovers/permit';
import { awaitingPermit } from '../delivery/who-sends.js';
import type { PermitState } from './handover-store.js';

/**
 * What the message of a permit says to whoever asks for it (again). Who asks again while it is under way may have lost the
 * answer; once more is known of it, the same key must not make it go out a second time.
 */
export function verdictOf({ status }: Pick<PermitState, 'status'>): Permit['verdict'] {
  switch (status) {
    case 'scheduled':
      return 'deferred';
    case 'sending':
      return 'granted';
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
}: Pick<PermitState, 'status'>): { reason: string; explanation: string } | null {
  switch (status) {
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
