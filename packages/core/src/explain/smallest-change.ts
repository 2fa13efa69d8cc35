import type { Condition } from '@halyard/contracts/conditions';
import type { Facts } from '../conditions/evaluate.js';
import type { FactChange } from './candidates.js';
import { candidates, comparisonsOf } from './candidates.js';
import { withFact } from './with-fact.js';

export interface SmallestChange {
  /** One fact, or two that must change together. */
  changes: FactChange[];
  /** How many changes were tried until this one. */
  tried: number;
}

/** Pairs are made of so many single changes at most, the smallest ones: a condition may hold a thousand values. */
const paired = 150;

/** How many comparisons a search may make in all, about half a second's worth: a condition may hold thousands of them. */
const most = 1_000_000;

/**
 * The smallest change of one fact that flips a verdict, else of two: found by trying. Candidates come from the
 * comparisons of the conditions, each is verified by `flips`, which evaluates what production evaluates. A single change
 * counts as smaller than any pair. Null: nothing of what was tried flips it.
 */
export function smallestChange(
  conditions: readonly Condition[],
  facts: Facts,
  now: Date,
  flips: (changed: Facts) => boolean,
): SmallestChange | null {
  const singles = candidates(conditions, facts, now);
  const limit = most / Math.max(1, conditions.flatMap(comparisonsOf).length);
  let tried = 0;
  for (const change of singles) {
    if (++tried > limit) return null;
    if (flips(apply(facts, [change]))) return { changes: [change], tried };
  }
  for (const pair of pairsOf(singles)) {
    if (++tried > limit) return null;
    if (flips(apply(facts, pair))) return { changes: pair, tried };
  }
  return null;
}

/** The facts after these changes. */
export const apply = (facts: Facts, changes: readonly FactChange[]): Facts =>
  changes.reduce((changed, { field, to }) => withFact(changed, field, to), facts);

/** Pairs of changes to different facts, smallest sum first. */
export function pairsOf(singles: readonly FactChange[]): [FactChange, FactChange][] {
  const some = singles.slice(0, paired);
  return some
    .flatMap((first, n) =>
      some
        .slice(n + 1)
        .filter(({ field }) => field !== first.field)
        .map((second): [FactChange, FactChange] => [first, second]),
    )
    .sort(([a, b], [c, d]) => a.size + b.size - (c.size + d.size));
}
