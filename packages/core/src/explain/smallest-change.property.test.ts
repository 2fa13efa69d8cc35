import type { Condition } from '@halyard/contracts/conditions';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate } from '../conditions/evaluate.js';
import {
  comparison,
  now,
  condition as someCondition,
  facts as someFacts,
} from '../conditions/testing/arbitraries.js';
import { candidates } from './candidates.js';
import { apply, pairsOf, smallestChange } from './smallest-change.js';

const runs = { numRuns: 400 };

const search = (condition: Condition, facts: Parameters<typeof evaluate>[1]) => {
  const before = evaluate(condition, facts, now);
  const flips = (changed: typeof facts) => evaluate(condition, changed, now) !== before;
  return { flips, found: smallestChange([condition], facts, now, flips) };
};

test('Feature: explanation, Property 1: the smallest change really flips the verdict', () => {
  let flipped = 0;
  fc.assert(
    fc.property(someCondition, someFacts, (condition, facts) => {
      const { flips, found } = search(condition, facts);
      if (!found) return;
      flipped++;
      expect(flips(apply(facts, found.changes))).toBe(true);
    }),
    runs,
  );
  expect(flipped).toBeGreaterThan(runs.numRuns / 4);
});

test('Feature: explanation, Property 2: nothing smaller of what was searched flips it', () => {
  fc.assert(
    fc.property(someCondition, someFacts, (condition, facts) => {
      const { flips, found } = search(condition, facts);
      const singles = candidates([condition], facts, now).filter((one) => flips(apply(facts, [one])));
      if (singles.length) {
        expect(found?.changes).toHaveLength(1);
        expect(found?.changes[0]?.size).toBe(Math.min(...singles.map(({ size }) => size)));
        return;
      }
      const pairs = pairsOf(candidates([condition], facts, now)).filter((pair) => flips(apply(facts, pair)));
      const sizes = pairs.map(([a, b]) => a.size + b.size);
      expect(found?.changes.reduce((sum, { size }) => sum + size, 0)).toBe(
        pairs.length ? Math.min(...sizes) : undefined,
      );
    }),
    runs,
  );
});

test('Feature: explanation, Property 3: a single comparison can always be flipped by its own fact', () => {
  fc.assert(
    fc.property(comparison, someFacts, (condition, facts) => {
      expect(search(condition, facts).found?.changes).toHaveLength(1);
    }),
    runs,
  );
});
