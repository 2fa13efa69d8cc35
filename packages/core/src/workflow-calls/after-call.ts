import type { PostOutcome } from '../outbox/after-try.js';

const second = 1_000;
const minute = 60 * second;

/** n8n answers 404 for some seconds after its start, until its webhooks are registered: so many tries are not believed. */
const unknownTries = 6;

/** What a try to hand a call over means for it. */
export type AfterCall =
  | { kind: 'handed_over'; status: number }
  | { kind: 'retry'; dueAt: Date; status: number | null; error: string }
  | { kind: 'failed'; status: number | null; error: string };

/**
 * Decides what follows a try: pauses of 1, 2, 4 … seconds, never longer than a minute or a twentieth of the time that there
 * is, and no try after `until`. A request whose answer was lost is repeated: the idempotency key is the same at every try.
 * @param tries how many there were, this one included.
 * @param random 0 to 1, spreads pauses by ±20 %.
 */
export function afterCall(
  outcome: PostOutcome,
  tries: number,
  { createdAt, until }: { createdAt: Date; until: Date },
  now: Date,
  random: number,
): AfterCall {
  const status = outcome.kind === 'answered' ? outcome.status : null;
  if (status !== null && status >= 200 && status < 300) return { kind: 'handed_over', status };
  const error = outcome.kind === 'answered' ? `n8n answered ${outcome.status}.` : outcome.detail;
  if (!isPassing(status, tries)) return { kind: 'failed', status, error };
  const longest = Math.max(minute, (until.getTime() - createdAt.getTime()) / 20);
  const pause = Math.min(second * 2 ** Math.min(tries - 1, 30), longest) * (0.8 + 0.4 * random);
  const asked = outcome.kind === 'answered' ? (outcome.retryAfterMs ?? 0) : 0;
  const dueAt = new Date(now.getTime() + Math.max(pause, asked));
  if (dueAt >= until) return { kind: 'failed', status, error: `${error} No time was left for another try.` };
  return { kind: 'retry', dueAt, status, error };
}

/** Whether another try may go better. */
function isPassing(status: number | null, tries: number): boolean {
  if (status === null || status >= 500) return true;
  if (status === 404) return tries < unknownTries;
  return status === 408 || status === 425 || status === 429;
}
