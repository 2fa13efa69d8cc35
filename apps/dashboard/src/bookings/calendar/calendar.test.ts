import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Booking } from '../../data/bookings';
import { barsOf } from './bars';
import { addDays, addMonths, isMonth, mondayOf, weekFrom, weeksOf } from './days';

const aDay = fc
  .integer({ min: 0, max: 30_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));

test('Feature: calendar, Property 1: a month is whole weeks from Monday on, with each of its days once', () => {
  fc.assert(
    fc.property(aDay, (day) => {
      const days = weeksOf(day.slice(0, 7)).flat();
      expect(days).toContain(day);
      expect(days).toEqual(days.map((_, later) => addDays(days[0] ?? '', later)));
      expect(days.length % 7).toBe(0);
      expect(new Date(days[0] ?? '').getUTCDay()).toBe(1);
    }),
    { numRuns: 300 },
  );
});

const zone = 'Europe/Berlin';
const booked = (starts_at: string, ends_at: string) => ({ id: starts_at, starts_at, ends_at }) as Booking;
const week = weekFrom('2026-05-04');

test('Feature: calendar, Property 2: on no day two bookings lie in one lane', () => {
  const booking = fc
    .tuple(fc.integer({ min: -5, max: 10 }), fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 23 }))
    .map(([from, length, hour]) => {
      const at = Date.UTC(2026, 4, 4 + from, hour);
      return booked(new Date(at).toISOString(), new Date(at + length * 86_400_000).toISOString());
    });
  fc.assert(
    fc.property(fc.array(booking, { maxLength: 20 }), (bookings) => {
      const inOrder = bookings.sort((a, b) => a.starts_at.localeCompare(b.starts_at));
      const taken = barsOf(inOrder, week, zone).flatMap(({ from, to, lane }) =>
        Array.from({ length: to - from + 1 }, (_, day) => `${lane} ${from + day}`),
      );
      expect(new Set(taken).size).toBe(taken.length);
    }),
    { numRuns: 300 },
  );
});

test('a booking lies on its days in the zone, over the ends of the week', () => {
  const [late, long] = barsOf(
    [
      booked('2026-05-05T23:00:00Z', '2026-05-05T23:30:00Z'),
      booked('2026-05-08T08:00:00Z', '2026-05-12T08:00:00Z'),
    ],
    week,
    zone,
  );
  expect(late).toMatchObject({ from: 2, to: 2, lane: 0 });
  expect(long).toMatchObject({ from: 4, to: 6, continued: false, continues: true });
});

test('one that ends at midnight does not touch the next day', () => {
  const [bar] = barsOf([booked('2026-05-04T08:00:00Z', '2026-05-05T22:00:00Z')], week, zone);
  expect(bar).toMatchObject({ from: 0, to: 1 });
});

test('months go over the year, and weeks begin on Monday', () => {
  expect(addMonths('2026-12', 1)).toBe('2027-01');
  expect(addMonths('2026-01', -1)).toBe('2025-12');
  expect(mondayOf('2026-05-10')).toBe('2026-05-04');
  expect([isMonth('2026-12'), isMonth('2026-13'), isMonth('soon')]).toEqual([true, false, false]);
});
