const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Pauses before the tries after the first. */
const pauses = [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 10 * hour];
const longestRetryAfter = 24 * hour;
const patience = 5 * 24 * hour;

/** What came of a request: an answer, whatever its status, or none. */
export type PostOutcome =
  | { kind: 'answered'; status: number; retryAfterMs: number | null }
  | { kind: 'failed'; detail: string };

/** What a try means for its delivery and for the endpoint. */
export type AfterTry =
  | { delivery: 'delivered'; status: number }
  | { delivery: 'retry'; dueAt: Date; status: number | null; error: string; disable: string | null }
  | { delivery: 'failed'; status: number | null; error: string; disable: string | null };

/**
 * Decides what follows a try.
 * @param tries how many there were, this one included.
 * @param failingSince since when every try at this endpoint has failed.
 * @param random 0 to 1, spreads retries by ±20 %.
 */
export function afterTry(
  outcome: PostOutcome,
  tries: number,
  failingSince: Date | null,
  now: Date,
  random: number,
): AfterTry {
  if (outcome.kind === 'answered' && outcome.status >= 200 && outcome.status < 300)
    return { delivery: 'delivered', status: outcome.status };
  const status = outcome.kind === 'answered' ? outcome.status : null;
  const error = outcome.kind === 'answered' ? `It answered ${outcome.status}.` : outcome.detail;
  if (status === 410) return { delivery: 'failed', status, error, disable: 'It answered 410 Gone.' };
  const lost = failingSince !== null && now.getTime() - failingSince.getTime() >= patience;
  const disable = lost ? `It failed for five days; at last: ${error}` : null;
  const pause = pauses[tries - 1];
  if (pause === undefined) return { delivery: 'failed', status, error, disable };
  const spread = pause * (0.8 + 0.4 * random);
  const asked = outcome.kind === 'answered' ? Math.min(outcome.retryAfterMs ?? 0, longestRetryAfter) : 0;
  return {
    delivery: 'retry',
    dueAt: new Date(now.getTime() + Math.max(spread, asked)),
    status,
    error,
    disable,
  };
}
