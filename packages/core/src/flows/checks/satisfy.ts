import { evaluate } from '../../conditions/evaluate.js';
import { withFact } from '../../explain/with-fact.js';
import type { Facts } from '../run.js';
import type { Literal, Requirement } from './requirement.js';
import { waysToMeet } from './requirement.js';
import { valueFor } from './values.js';

/** Facts that meet requirements; else whether it is certain that there are none. */
export type Answer = { facts: ReadonlyMap<string, unknown> } | 'impossible' | 'unknown';

/** Looks for facts that meet all requirements at one moment. What is found has been evaluated. */
export function satisfy(requirements: readonly Requirement[], now: Date): Answer {
  const ways = waysToMeet(requirements);
  if (!ways) return 'unknown';
  let certain = true;
  for (const literals of ways) {
    const answer = together(literals, now);
    if (answer === 'unknown') certain = false;
    else if (answer !== 'impossible') {
      if (areMet(requirements, factsOf(answer), now)) return { facts: answer };
      certain = false;
    }
  }
  return certain ? 'impossible' : 'unknown';
}

/** Whether no facts at all can meet them; false where that is not certain. */
export const isImpossible = (requirements: readonly Requirement[], now: Date): boolean =>
  satisfy(requirements, now) === 'impossible';

export const areMet = (requirements: readonly Requirement[], facts: Facts, now: Date): boolean =>
  requirements.every(({ condition, holds }) => evaluate(condition, facts, now) === holds);

export const factsOf = (values: ReadonlyMap<string, unknown>, facts: Facts = {}): Facts =>
  [...values].reduce<Facts>((tree, [field, value]) => withFact(tree, field, value), facts);

/** Each comparison is about one fact, so facts can be looked for one by one. */
function together(
  literals: readonly Literal[],
  now: Date,
): ReadonlyMap<string, unknown> | 'impossible' | 'unknown' {
  const byField = Map.groupBy(literals, ({ comparison }) => comparison.field);
  const found = new Map<string, unknown>();
  let certain = true;
  for (const [field, asked] of byField) {
    const answer = valueFor(asked, now);
    if (answer === 'impossible') return 'impossible';
    if (answer === 'unknown') certain = false;
    else if (answer.value !== null) found.set(field, answer.value);
  }
  return certain ? found : 'unknown';
}
