import type { Comparison, Condition } from '@halyard/contracts/conditions';
import { evaluate } from '../../conditions/evaluate.js';
import { factAt } from '../../conditions/facts.js';
import { withFact } from '../../explain/with-fact.js';
import type { Effort } from './effort.js';

/** That a condition holds, or that it does not. `path`: where the definition has it. */
export interface Requirement {
  condition: Condition;
  holds: boolean;
  path: string;
}

/** One comparison that must hold, or must not. */
export interface Literal {
  comparison: Comparison;
  holds: boolean;
}

const most = 400;
const epoch = new Date(0);

/**
 * All ways in which the requirements can be met, each as comparisons that must hold or fail together; null when there
 * are too many to look at.
 */
export function waysToMeet(requirements: readonly Requirement[], effort: Effort): Literal[][] | null {
  let ways: Literal[][] = [[]];
  for (const { condition, holds } of requirements) {
    const more = waysOf(condition, holds, effort);
    if (!more || ways.length * more.length > most) return null;
    ways = ways.flatMap((way) => more.map((other) => [...way, ...other]));
    effort.steps -= ways.length * (1 + (ways[0]?.length ?? 0) / 50); // most of it is copying
    if (effort.steps < 0) return null;
  }
  return ways;
}

function waysOf(condition: Condition, holds: boolean, effort: Effort): Literal[][] | null {
  if ('not' in condition) return waysOf(condition.not, !holds, effort);
  if (!('all' in condition) && !('any' in condition)) return [[{ comparison: condition, holds }]];
  const parts = 'all' in condition ? condition.all : condition.any;
  if ('all' in condition === holds)
    return waysToMeet(
      parts.map((part) => ({ condition: part, holds, path: '' })),
      effort,
    );
  const ways: Literal[][] = [];
  for (const part of parts) {
    const more = waysOf(part, holds, effort);
    if (!more || ways.length + more.length > most) return null;
    ways.push(...more);
  }
  return ways;
}

/**
 * The condition with the comparisons of facts that are known put as what they come to. Without `now`, those that count
 * from it are left as they are.
 */
export function withKnown(
  condition: Condition,
  known: ReadonlyMap<string, unknown>,
  now: Date | null,
): Condition {
  if (known.size === 0) return condition;
  if ('all' in condition) return { all: condition.all.map((part) => withKnown(part, known, now)) };
  if ('any' in condition) return { any: condition.any.map((part) => withKnown(part, known, now)) };
  if ('not' in condition) return { not: withKnown(condition.not, known, now) };
  const { field, op } = condition;
  if (!now && op.startsWith('within')) return condition;
  for (const [name, value] of known) {
    if (field !== name && !field.startsWith(`${name}.`)) continue;
    const fact = field === name ? value : factAt({ value }, `value${field.slice(name.length)}`);
    return evaluate(condition, withFact({}, field, fact), now ?? epoch) ? { all: [] } : { any: [] };
  }
  return condition;
}
