/**
 * closed ──(failures in a row reach the threshold)──► open ──(retryAt is over)──► half_open, one message as a probe
 *   ▲                                                  ▲                              │
 *   └───────────────────────── it got through ─────────┼──────────────────────────────┤
 *                                                      └──────── it failed ───────────┘
 * The state lives in the connection's row, as all workers must agree on it: a breaker library keeps it in one process.
 */
export interface Breaker {
  state: 'closed' | 'open' | 'half_open';
  /** In a row; grows on while open, and the pause with it. */
  failures: number;
  retryAt: Date | null;
  reason: string | null;
}

export const closedBreaker: Breaker = { state: 'closed', failures: 0, retryAt: null, reason: null };

const threshold = 5;
const firstPauseMs = 10_000;
const longestPauseMs = 300_000;
/** How long others wait for the one probe; then the next message probes. */
const probeMs = 60_000;

/** `probe`: one message may try; the caller must then record `probing`. */
export function admits(breaker: Breaker, now: Date): 'yes' | 'probe' | 'no' {
  if (breaker.state === 'closed') return 'yes';
  return !breaker.retryAt || breaker.retryAt <= now ? 'probe' : 'no';
}

export const probing = (breaker: Breaker, now: Date): Breaker => ({
  ...breaker,
  state: 'half_open',
  retryAt: new Date(now.getTime() + probeMs),
});

/** The provider answered, whatever it said: the way to it is open. */
export const afterAnswer = (): Breaker => closedBreaker;

/** The provider could not be reached, or nobody knows what became of the call. */
export function afterFailure(breaker: Breaker, reason: string, now: Date): Breaker {
  const failures = breaker.failures + 1;
  if (breaker.state === 'closed' && failures < threshold) return { ...breaker, failures, reason };
  // Calls that were under way when it opened are not new evidence.
  if (breaker.state === 'open') return breaker;
  const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.max(0, failures - threshold));
  return { state: 'open', failures, retryAt: new Date(now.getTime() + pause), reason };
}
