import type { Check } from '@halyard/core/delivery/check';

/**
 * A check as decisions keep it. Nearly all pass, and a dozen stand in the decision of every message, so a pass is kept as
 * its rule's name, with `@` and the channel when that is all it rests on. Written out they took PostgreSQL 14 µs per
 * message to read in.
 */
type RecordedCheck = string | Check;

export const recordChecks = (checks: readonly Check[]): RecordedCheck[] => checks.map(recordCheck);

function recordCheck(check: Check): RecordedCheck {
  if (check.verdict !== 'pass') return check;
  if (!check.facts) return check.rule;
  const { channel, ...others } = check.facts;
  return typeof channel === 'string' && Object.keys(others).length === 0 ? `${check.rule}@${channel}` : check;
}

/** The facts of a decision with its checks written out again. */
export function readFacts(recorded: unknown): Record<string, unknown> {
  const facts = (recorded ?? {}) as Record<string, unknown>;
  return Array.isArray(facts.checks) ? { ...facts, checks: facts.checks.map(readCheck) } : facts;
}

function readCheck(recorded: unknown): unknown {
  if (typeof recorded !== 'string') return recorded;
  const [rule, channel] = recorded.split('@');
  return channel ? { rule, verdict: 'pass', facts: { channel } } : { rule, verdict: 'pass' };
}
