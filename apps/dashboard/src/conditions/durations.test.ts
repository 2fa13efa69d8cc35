import { Duration } from '@halyard/contracts/primitives';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { durationOf, partsOf, plainOf, units } from './durations';

describe('durations', () => {
  test('are taken apart', () => {
    expect(partsOf('-P1DT2H')).toEqual([
      [1, 'days'],
      [2, 'hours'],
    ]);
    expect(partsOf('PT0S')).toEqual([]);
    expect(partsOf('PT10M')).toEqual([[10, 'minutes']]);
    expect(partsOf('P10M')).toEqual([[10, 'months']]);
  });

  test('of several units are left to text', () => {
    expect(plainOf('P1DT2H')).toBeNull();
    expect(plainOf('P1Y')).toBeNull();
    expect(plainOf('nothing')).toBeNull();
    expect(plainOf(undefined)).toEqual({ amount: 0, unit: 'days', negative: false });
  });

  test('Feature: durations in forms, Property 1: what a form writes is a duration that it reads as the same', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99 }),
        fc.constantFrom(...units),
        fc.boolean(),
        (amount, unit, negative) => {
          const iso = durationOf(amount, unit, negative);
          expect(Duration.safeParse(iso).success).toBe(true);
          expect(plainOf(iso)).toEqual({ amount, unit, negative });
        },
      ),
      { numRuns: 200 },
    );
  });
});
