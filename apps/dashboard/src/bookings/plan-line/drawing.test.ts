import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lanesOf } from './lanes';
import { scaleOf } from './scale';

const start = Date.UTC(2026, 4, 1);
const day = 86_400_000;
const aMoment = fc.integer({ min: start - 900 * day, max: start + 900 * day });

test('Feature: plan line, Property 1: what comes later stands further right, and all of it on the line', () => {
  fc.assert(
    fc.property(
      fc.array(aMoment, { minLength: 1 }),
      fc.integer({ min: 0, max: 60 * day }),
      (given, length) => {
        const moments = given.sort((a, b) => a - b);
        const scale = scaleOf({ start, end: start + length, moments, share: 0.2 });
        const places = moments.map(scale.of);
        expect(places).toEqual([...places].sort((a, b) => a - b));
        expect(places.every((place) => place >= 0 && place <= 1)).toBe(true);
        expect(scale.band.to - scale.band.from).toBeCloseTo(0.2);
      },
    ),
    { numRuns: 200 },
  );
});

test('Feature: plan line, Property 2: no mast runs through a label, and no label over another', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 60 }), (given) => {
      const places = given.sort((a, b) => a - b);
      const width = 150;
      const lanes = lanesOf(places, width, 5);
      lanes.forEach((lane, one) => {
        lanes.forEach((other, at) => {
          const within = at > one && (places[at] ?? 0) < (places[one] ?? 0) + width;
          if (within && lane !== null && other !== null) expect(other).toBeLessThan(lane);
        });
      });
    }),
    { numRuns: 200 },
  );
});

test('what stands apart flies low, and a crowd has no more lanes than there are', () => {
  expect(lanesOf([0, 200, 400], 150, 3)).toEqual([0, 0, 0]);
  expect(lanesOf([0, 0, 0, 0], 150, 3)).toEqual([null, 2, 1, 0]);
});

test('the hours next to the booking have as much room as the months further out', () => {
  const { of, band } = scaleOf({ start, end: start + day, moments: [start - 60 * day], share: 0.2 });
  const hours = band.from - of(start - day / 4);
  const weeks = of(start - 7 * day) - of(start - 49 * day);
  expect(hours / weeks).toBeCloseTo(1, 0);
});
