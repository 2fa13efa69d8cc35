import { expect, test } from 'vitest';
import { dayOf, instantOf } from './instant';

test.each([
  ['a time with an offset', '2026-05-01T09:00:00+02:00', '2026-05-01T09:00:00+02:00'],
  ['a time without one is local', '2026-05-01T09:00:00', '2026-05-01T07:00:00.000Z'],
  ['in winter', '2026-01-01 09:00', '2026-01-01T08:00:00.000Z'],
  ['a day begins at midnight', '2026-05-01', '2026-04-30T22:00:00.000Z'],
  ['the hour before the clocks go forward', '2026-03-29T01:59:59', '2026-03-29T00:59:59.000Z'],
  ['the hour that there is not', '2026-03-29T02:30:00', '2026-03-29T01:30:00.000Z'],
  ['the hour after', '2026-03-29T03:00:00', '2026-03-29T01:00:00.000Z'],
  ['the hour that comes twice', '2026-10-25T02:30:00', '2026-10-25T00:30:00.000Z'],
  ['the hour after that', '2026-10-25T03:00:00', '2026-10-25T02:00:00.000Z'],
  ['what is no date', 'tomorrow', 'tomorrow'],
])('%s: %s', (_, given, instant) => {
  expect(instantOf(given, 'Europe/Berlin')).toBe(instant);
});

test('dates of JavaScript and Luxon are taken as they are', () => {
  expect(instantOf(new Date(0), 'Europe/Berlin')).toBe('1970-01-01T00:00:00.000Z');
  expect(instantOf({ toISO: () => '2026-05-01T09:00:00.000+02:00' }, 'UTC')).toBe(
    '2026-05-01T09:00:00.000+02:00',
  );
});

test('a day is that of the zone', () => {
  expect(dayOf(new Date('2026-05-01T22:30:00Z'), 'Europe/Berlin')).toBe('2026-05-02');
  expect(dayOf(new Date('2026-05-01T22:30:00Z'), 'America/New_York')).toBe('2026-05-01');
});
