import type { Candidate } from './candidate.js';
import type { Stop } from './check.js';

const renderAgainMs = 5_000;

/**
 * Tried once more before a person is asked: rendering has a time limit, and a machine that was busy for a moment is no
 * fault of the template.
 */
export function notRendered({ message }: Candidate, problem: string, now: Date): Stop {
  const failed = {
    rule: 'render' as const,
    reason: 'not_rendered',
    needs: 'What it is made of would have to be mended.',
    facts: { problem },
  };
  return message.deferredBy === failed.reason
    ? { ...failed, verdict: 'dead' }
    : { ...failed, verdict: 'defer', until: new Date(now.getTime() + renderAgainMs) };
}

const endings = {
  skip: 'skipped',
  expire: 'expired',
  fail: 'failed',
  dead: 'dead',
  unknown: 'unknown',
} as const;

/** What a stop means for the message: put off, or ended in a status. */
export function ended(stop: Stop) {
  if (stop.verdict === 'defer')
    return {
      kind: 'defer' as const,
      until: stop.until,
      reason: stop.reason ?? stop.rule,
      rule: stop.rule,
    };
  return { kind: 'end' as const, status: endings[stop.verdict], reason: stop.reason, rule: stop.rule };
}

const unusablePauseMs = 15 * 60_000;

/** Its secrets cannot be opened. */
export const connectionUnusable = (reason: string, now: Date): Stop => ({
  rule: 'connection',
  verdict: 'defer',
  until: new Date(now.getTime() + unusablePauseMs),
  reason: 'connection_unusable',
  needs: reason,
});
