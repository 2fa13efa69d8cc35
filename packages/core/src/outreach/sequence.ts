import type { MessageStatus } from '../messages/message.js';

/**
 * Steps of one sequence to one target go out one after the other:
 *
 *     waiting ──► released    the step before it was sent, and its own time has come
 *        └──────► cancelled   the step before it never went out, or came back
 *
 * A follow-up makes no sense to somebody who never got what it follows up: when a step was skipped (opted out,
 * suppressed), expired, cancelled, failed or bounced, the steps behind it are cancelled, each with the reason. While it
 * is not clear (not pushed yet, being sent, unknown, dead until a person decides) they wait.
 */

/** The step before, as far as it is known; `message` is null while it waits itself. */
export interface StepBefore {
  state: 'waiting' | 'released' | 'cancelled';
  message: { status: MessageStatus; dueAt: Date } | null;
}

export type SequenceVerdict =
  | { kind: 'release' }
  | { kind: 'cancel'; reason: string }
  /** Look again then. */
  | { kind: 'wait'; until: Date };

/** How soon to look again: at a step that may go out any moment, and at one that waits for somebody. */
const soonMs = 3_000;
const laterMs = 300_000;

/** What becomes of a step that waits, given the one before it; null: it was not pushed yet. */
export function nextOfSequence(before: StepBefore | null, now: Date): SequenceVerdict {
  const wait = (milliseconds: number) =>
    ({ kind: 'wait', until: new Date(now.getTime() + milliseconds) }) as const;
  if (!before) return wait(laterMs);
  if (before.state === 'cancelled') return { kind: 'cancel', reason: 'previous_step_cancelled' };
  if (!before.message) return wait(laterMs);
  const { status, dueAt } = before.message;
  switch (status) {
    case 'sent':
    case 'delivered':
      return { kind: 'release' };
    case 'scheduled':
    case 'sending':
      return dueAt.getTime() > now.getTime() + soonMs ? { kind: 'wait', until: dueAt } : wait(soonMs);
    case 'unknown':
    case 'dead':
      return wait(laterMs);
    case 'skipped':
    case 'cancelled':
    case 'expired':
    case 'failed':
    case 'bounced':
      return { kind: 'cancel', reason: `previous_step_${status}` };
  }
}
