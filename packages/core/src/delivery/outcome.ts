import type { Provider, SendOutcome } from './provider.js';
import type { Sending } from './sending.js';

/** Where an outcome takes a message, and what else follows from it. */
export interface Transition {
  to:
    | { status: 'sent'; providerMessageId: string | null }
    | { status: 'scheduled'; dueAt: Date; reason: string }
    | { status: 'failed'; reason: string }
    | { status: 'dead'; reason: string }
    /** Somebody else sends it and has until then to say what became of it. */
    | { status: 'sending'; reportBy: Date }
    /** `askAt`: when a person is asked if no report has come by then; at once when it equals the outcome's moment. */
    | { status: 'unknown'; reason: string; askAt: Date };
  /** It certainly did not go out, so it does not count under the caps. */
  notSent: boolean;
  suppressAddress: boolean;
  /** The account is refused: nothing goes through it until somebody mends it. */
  pauseConnection: string | null;
  /** The provider wants nothing on this connection before then. */
  blockConnectionUntil: Date | null;
  breaker: 'answered' | 'failed' | 'no_evidence';
}

/** After so many attempts that did not get through, a person must look at it. */
export const maxFailures = 6;
const backoffMs = [5_000, 30_000, 120_000, 600_000, 1_800_000, 3_600_000];
/** How long a report that resolves an unknown send is waited for. */
const reportWaitMs = 24 * 3_600_000;
/** The call was handed back before it was made; the connection was busy for too long. */
export const notStarted = 'not_started';

/** What follows from what a provider answered. Pure: jitter comes from the attempt's id. */
export function afterOutcome(
  sending: Sending,
  outcome: SendOutcome,
  onUnknown: Provider['onUnknown'],
  now: Date,
): Transition {
  const plain = {
    notSent: true,
    suppressAddress: false,
    pauseConnection: null,
    blockConnectionUntil: null,
    breaker: 'answered' as const,
  };
  switch (outcome.kind) {
    case 'accepted':
      return {
        ...plain,
        notSent: false,
        to: { status: 'sent', providerMessageId: outcome.providerMessageId ?? null },
      };
    case 'rejected':
      // Release tries what is left: the next connection, the next channel; it fails where there is none.
      return {
        ...plain,
        to: { status: 'scheduled', dueAt: now, reason: 'rejected' },
        suppressAddress: outcome.invalidAddress ?? false,
        pauseConnection: outcome.pauseConnection ? outcome.detail : null,
      };
    case 'throttled': {
      const until = later(now, Math.min(Math.max(outcome.retryAfterMs, 1_000), 3_600_000));
      return {
        ...plain,
        to: { status: 'scheduled', dueAt: until, reason: 'throttled' },
        blockConnectionUntil: until,
      };
    }
    case 'failed_before_send':
      return {
        ...plain,
        to: retryOrDead(sending, outcome.code, now),
        breaker: outcome.code === notStarted ? 'no_evidence' : 'failed',
      };
    case 'handed_over':
      return { ...plain, notSent: false, to: { status: 'sending', reportBy: outcome.reportBy } };
    case 'unknown':
      return { ...plain, notSent: false, to: afterUnknown(sending, onUnknown, now), breaker: 'failed' };
  }
}

function retryOrDead(sending: Sending, code: string, now: Date): Transition['to'] {
  if (code === notStarted)
    return { status: 'scheduled', dueAt: later(now, 1_000), reason: 'connection_busy' };
  if (sending.failures + 1 >= maxFailures) return { status: 'dead', reason: code };
  return { status: 'scheduled', dueAt: later(now, pauseAfter(sending)), reason: 'retry' };
}

/** Never repeated blindly: with the provider's own key and the same bytes, or not at all. */
function afterUnknown(sending: Sending, onUnknown: Provider['onUnknown'], now: Date): Transition['to'] {
  switch (onUnknown.kind) {
    case 'retry_same_key': {
      const dueAt = later(now, pauseAfter(sending));
      const inTime = dueAt.getTime() - sending.keyUsedSince.getTime() < onUnknown.keyWindowMs / 2;
      return inTime && sending.failures + 1 < maxFailures
        ? { status: 'scheduled', dueAt, reason: 'retry_unknown' }
        : { status: 'unknown', reason: 'key_window_over', askAt: now };
    }
    case 'await_report':
      return { status: 'unknown', reason: 'awaiting_report', askAt: later(now, reportWaitMs) };
    case 'ask_person':
      return { status: 'unknown', reason: 'no_answer', askAt: now };
  }
}

/** Growing, ±20 % by the attempt's id, so that what failed together does not come back together. */
function pauseAfter({ failures, attemptId }: Sending): number {
  const pause = backoffMs[Math.min(failures, backoffMs.length - 1)] ?? 0;
  const jitter = Number.parseInt(attemptId.slice(-6), 16) / 2 ** 24;
  return Math.round(pause * (0.8 + 0.4 * jitter));
}

const later = (at: Date, milliseconds: number): Date => new Date(at.getTime() + milliseconds);
