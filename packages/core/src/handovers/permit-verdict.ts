import type { Permit } from '@halyard/contracts/handovers/permit';
import { awaitingPermit } from '../delivery/who-sends.js';
import type { PermitState } from './handover-store.js';

/** What the message of a permit says to whoever asks for it (again). */
export function verdictOf({
  status,
  attemptId,
}: Pick<PermitState, 'status' | 'attemptId'>): Permit['verdict'] {
  switch (status) {
    case 'scheduled':
      return 'deferred';
    case 'sending':
    case 'sent':
    case 'delivered':
    case 'bounced':
    case 'unknown':
      return 'granted';
    case 'failed':
      return attemptId ? 'granted' : 'refused'; // it was permitted, and whoever sent it was refused
    case 'dead':
    case 'skipped':
    case 'cancelled':
    case 'expired':
      return 'refused';
  }
}

/** Whether it is decided when it is asked for: it never was, its time has come, or it did not go out the last time. */
export const isToDecide = (
  { status, reason, dueAt }: Pick<PermitState, 'status' | 'reason' | 'dueAt'>,
  now: Date,
): boolean => status === 'scheduled' && (dueAt <= now || reason === awaitingPermit);
