import { evaluate } from '../../conditions/evaluate.js';
import { withFact } from '../../explain/with-fact.js';
import type { Facts } from '../run.js';
import type { Effort } from './effort.js';
import type { Literal, Requirement } from './requirement.js';
import { waysToMeet } from './requirement.js';
import { valueFor } from './values.js';

/** Facts that meet requirements; else whether it is certain that there are none. */
export type Answer = { facts: ReadonlyMap<string, unknown> } | 'impossible' | 'unknown';

/** For one question: comparisons, each with as many values as it names. */
const enoughForOne = (): Effort => ({ steps: 50_000 });

/** Looks for facts that meet all requirements at one moment. What is found has been evaluated. */
export function satisfy(
  requirements: readonly Requirement[],
  now: Date,
  effort: Effort = enoughForOne(),
): Answer {
  const ways = waysToMeet(requirements, effort);
  if (!ways) return 'unknown';
  let certain = true;
  for (const literals of ways) {
    const answer = together(literals, now, effort);
    if (answer === 'unknown') certain = false;
    else if (answer !== 'impossible') {
      if (areMet(requirements, factsOf(answer), now)) return { facts: answer };
      certain = false;
    }
  }
  return certain ? 'impossible' : 'unknown';
}

/** Whether no facts at all can meet them; false where that is not certain. */
export const isImpossible = (
  requirements: readonly Requirement[],
  now: Date,
  effort: Effort = enoughForOne(),
): boolean => satisfy(requirements, now, effort) === 'impossible';

export const areMet = (requirements: readonly Requirement[], facts: Facts, now: Date): boolean =>
  requirements.every(({ condition, holds }) => evaluate(condition, facts, now) === holds);

export const factsOf = (values: ReadonlyMap<string, unknown>, facts: Facts = {}): Facts =>
  [...values].reduce<Facts>((tree, [field, value]) => withFact(tree, field, value), facts);

/** Each comparison is about one fact, so facts can be looked for one by one. */
function together(
  literals: readonly Literal[],
  now: Date,
  effort: Effort,
): ReadonlyMap<string, unknown> | 'impossible' | 'unknown' {
  const byField = Map.groupBy(literals, ({ comparison }) => comparison.field);
  const found = new Map<string, unknown>();
  let certain = true;
  for (const [field, asked] of byField) {
    const answer = valueFor(asked, now, effort);
    if (answer === 'impossible') return 'impossible';
    if (answer === 'unknown') certain = false;
    else if (answer.value !== null) found.set(field, answer.value);
  }
  return certain ? found : 'unknown';
}
