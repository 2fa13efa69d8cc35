import { Period } from '@halyard/contracts/primitives';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partsOf, periodOf, units } from './period';

const parts = fc.record({ amount: fc.integer({ min: 1, max: 999 }), unit: fc.constantFrom(...units) });

test('Feature: periods in forms, Property 1: what a form makes is a period, and comes back as it was', () => {
  fc.assert(
    fc.property(parts, (given) => {
      const period = periodOf(given);
      expect(Period.safeParse(period).success).toBe(true);
      expect(partsOf(period)).toEqual(given);
    }),
    { numRuns: 200 },
  );
});

test.each(['P1DT2H', 'PT90M', 'P1Y'])('%s is left as it is: a form of one unit cannot show it', (period) => {
  expect(partsOf(period)).toBeNull();
});
