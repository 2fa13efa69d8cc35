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

/** Numbers with one place after the point: that is then their scale. */
const tenths = fc
  .integer({ min: -30, max: 30 })
  .filter((n) => n % 10 !== 0)
  .map((n) => n / 10);
const numeric = fc.record({
  field: fc.constantFrom('contact.attributes.level', 'event.payload.amount'),
  op: fc.constantFrom('gt' as const, 'gte' as const, 'lt' as const, 'lte' as const),
  value: tenths,
});
const { tree } = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    numeric,
    fc.record({ all: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('tree') }),
  ),
}));

test('Feature: explanation, Property 5: no number nearer to the fact, on any step of the scale, flips it', () => {
  let moved = 0;
  fc.assert(
    fc.property(tree, tenths, tenths, (condition, level, amount) => {
      const facts = { contact: { attributes: { level } }, event: { payload: { amount } } };
      const { flips, found } = search(condition, facts);
      const [change, ...more] = found?.changes ?? [];
      if (!change || more.length || typeof change.to !== 'number') return;
      moved++;
      const distance = Math.round(Math.abs(Number(change.to) - Number(change.from)) * 10);
      for (let n = 1; n < distance; n++)
        for (const by of [-n, n]) {
          expect(
            flips({ ...facts, contact: { attributes: { level: (Math.round(level * 10) + by) / 10 } } }),
          ).toBe(false);
          expect(
            flips({ ...facts, event: { payload: { amount: (Math.round(amount * 10) + by) / 10 } } }),
          ).toBe(false);
        }
    }),
    runs,
  );
  expect(moved).toBeGreaterThan(runs.numRuns / 4);
});

test('Feature: explanation, Property 6: no instant nearer by a second flips it', () => {
  const hour = 3_600_000;
  const at = (offset: number): string => new Date(now.getTime() + offset).toISOString();
  const moment = fc.integer({ min: -60, max: 60 }).map((hours) => hours * hour);
  const dated = fc.oneof(
    fc.record({ op: fc.constantFrom('before' as const, 'after' as const), value: moment.map(at) }),
    fc.record({
      op: fc.constantFrom('within_last' as const, 'within_next' as const),
      value: fc.constantFrom('PT12H', 'P1D'),
    }),
  );
  let moved = 0;
  fc.assert(
    fc.property(dated, moment, fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (one, fact, parts) => {
      const condition: Condition = { field: 'subject.starts_at', ...one };
      const given = (offset: number) => ({ subject: { starts_at: at(offset) } });
      const { flips, found } = search(condition, given(fact));
      const to = found?.changes[0]?.to;
      if (typeof to !== 'string' || Number.isNaN(Date.parse(to))) return;
      moved++;
      const nearest = Math.abs(Date.parse(to) - now.getTime() - fact) - 1000;
      for (const part of [...parts, 1])
        for (const by of [-1, 1]) expect(flips(given(fact + Math.round(by * part * nearest)))).toBe(false);
    }),
    runs,
  );
  expect(moved).toBeGreaterThan(runs.numRuns / 2);
});
