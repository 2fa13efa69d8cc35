import fc from 'fast-check';
import { expect, test } from 'vitest';
import { same } from './same';

test('Feature: saving drafts, Property 1: what the database gives back in another order is the same, a change is not', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.string(),
      fc.jsonValue(),
      (value, key, added) => {
        const turned = Object.fromEntries(Object.entries(JSON.parse(JSON.stringify(value))).reverse());
        expect(same(turned, JSON.parse(JSON.stringify(value)))).toBe(true);
        if (!(key in value)) expect(same({ ...value, [key]: added }, value)).toBe(false);
      },
    ),
    { numRuns: 200 },
  );
  expect(same([1, 2], [2, 1])).toBe(false);
  expect(same({ a: undefined }, {})).toBe(true);
});
