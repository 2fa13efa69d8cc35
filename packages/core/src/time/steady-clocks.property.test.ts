import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { instant, zone } from '../flows/testing/arbitraries.js';
import { addDuration } from './arithmetic.js';
import { toDate, zoned } from './zone.js';

const duration = fc
  .record({ sign: fc.constantFrom('', '-'), days: fc.nat(40), hours: fc.nat(50), minutes: fc.nat(90) })
  .map(({ sign, days, hours, minutes }) => `${sign}P${days}DT${hours}H${minutes}M`);

test('Feature: time, Property 9: a sum made the short way is the one that the calendar gives', () => {
  fc.assert(
    fc.property(
      instant,
      fc.oneof(duration, fc.constantFrom('P2D', '-P1D', 'P1M', 'PT9H')),
      zone,
      (at, length, where) => {
        const long = toDate(zoned(at, where).add(Temporal.Duration.from(length)));
        expect(addDuration(at, length, where)).toEqual(long);
      },
    ),
    {
      numRuns: 10_000,
      // In Ramadan's weeks Morocco's clocks stand back: there and back again between the two ends of the sum.
      examples: [[new Date('2026-03-28T03:28:00Z'), '-P40DT48H89M', 'Africa/Casablanca']],
    },
  );
});
