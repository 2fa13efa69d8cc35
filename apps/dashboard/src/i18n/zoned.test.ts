import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf, instantOf, localOf } from './zoned';

const aZone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia', 'UTC');
const aMinute = fc
  .integer({ min: Date.UTC(2015, 0) / 60_000, max: Date.UTC(2040, 0) / 60_000 })
  .map((minutes) => minutes * 60_000);

test('Feature: times of a zone, Property 1: what a clock shows leads back to a moment at which it shows that', () => {
  fc.assert(
    fc.property(aMinute, aZone, (at, zone) => {
      const shown = localOf(at, zone);
      const back = instantOf(shown, zone);
      expect(back && localOf(back, zone)).toBe(shown);
      expect(Date.parse(back ?? '')).toBeLessThanOrEqual(at);
    }),
    { numRuns: 500 },
  );
});

test('a time on the clock of a zone is an instant, in summer and in winter', () => {
  expect(instantOf('2026-05-01T09:00', 'Europe/Berlin')).toBe('2026-05-01T07:00:00.000Z');
  expect(instantOf('2026-12-01T09:00', 'Europe/Berlin')).toBe('2026-12-01T08:00:00.000Z');
  expect(dayOf('2026-12-01T23:30:00Z', 'Europe/Berlin')).toBe('2026-12-02');
});

test('an hour that is left out is as long after the leap, and of one that comes twice the first counts', () => {
  expect(instantOf('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
  expect(instantOf('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
});

test('what is no time is none', () => {
  expect(instantOf('', 'UTC')).toBeNull();
});
