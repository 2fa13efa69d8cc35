import { expect, test } from 'vitest';
import { addDuration, atLocalTime, nextLocalTime, nextWeekday } from './arithmetic.js';
import { localIso } from './format.js';
import { isWithinWindow, nextAllowed } from './windows.js';
import { isZone } from './zone.js';

const berlin = 'Europe/Berlin';
const at = (iso: string): Date => new Date(iso);

test('a day keeps the local time when clocks go forward, an hour does not', () => {
  expect(addDuration(at('2026-03-28T12:00:00Z'), 'P1D', berlin)).toEqual(at('2026-03-29T11:00:00Z'));
  expect(addDuration(at('2026-03-28T12:00:00Z'), 'PT24H', berlin)).toEqual(at('2026-03-29T12:00:00Z'));
  expect(addDuration(at('2026-01-31T12:00:00Z'), 'P1M', berlin)).toEqual(at('2026-02-28T12:00:00Z'));
  expect(addDuration(at('2026-03-31T12:00:00Z'), '-P1W', berlin)).toEqual(at('2026-03-24T13:00:00Z'));
});

test('a local time in the gap is read with the offset before it, one in the overlap is the first', () => {
  expect(atLocalTime(at('2026-03-29T12:00:00Z'), '02:30', berlin)).toEqual(at('2026-03-29T01:30:00Z'));
  expect(atLocalTime(at('2026-10-25T12:00:00Z'), '02:30', berlin)).toEqual(at('2026-10-25T00:30:00Z'));
});

test('half an hour is the whole change on Lord Howe', () => {
  expect(addDuration(at('2026-10-03T12:00:00Z'), 'P1D', 'Australia/Lord_Howe')).toEqual(
    at('2026-10-04T11:30:00Z'),
  );
});

test('Apia went from Thursday to Saturday', () => {
  const thursday = at('2011-12-29T20:00:00Z');
  expect(nextWeekday(thursday, ['fri'], 'Pacific/Apia')).toEqual(at('2012-01-05T20:00:00Z'));
  expect(nextLocalTime(thursday, '09:00', 'Pacific/Apia')).toEqual(at('2011-12-30T19:00:00Z'));
});

test('a window that passes midnight belongs to the day on which it begins', () => {
  const night = { from: '21:00', to: '08:00', weekdays: ['fri'] as const };
  expect(isWithinWindow(at('2026-05-01T20:00:00Z'), night, berlin)).toBe(true);
  expect(isWithinWindow(at('2026-05-02T05:59:00Z'), night, berlin)).toBe(true);
  expect(isWithinWindow(at('2026-05-02T06:00:00Z'), night, berlin)).toBe(false);
  expect(isWithinWindow(at('2026-05-01T05:00:00Z'), night, berlin)).toBe(false);
});

test('quiet hours end in the morning, in every zone the recipient may be in', () => {
  const quiet = { closed: [{ from: '21:00', to: '08:00' }] };
  expect(nextAllowed(at('2026-05-01T22:00:00Z'), quiet, [berlin])).toEqual(at('2026-05-02T06:00:00Z'));
  expect(nextAllowed(at('2026-05-01T13:00:00Z'), quiet, ['America/New_York', 'America/Los_Angeles'])).toEqual(
    at('2026-05-01T15:00:00Z'),
  );
});

test('quiet hours end at their second end when clocks go back through it', () => {
  const quiet = { closed: [{ from: '21:00', to: '02:30' }] };
  const secondTwoOClock = at('2026-10-25T01:10:00Z');
  expect(nextAllowed(secondTwoOClock, quiet, [berlin])).toEqual(at('2026-10-25T01:30:00Z'));
});

test('at the very time of day, the next one is a day away', () => {
  const nine = at('2026-05-01T07:00:00Z');
  expect(nextLocalTime(nine, '09:00', berlin)).toEqual(at('2026-05-02T07:00:00Z'));
});

test('rules that never allow anything have no next moment', () => {
  expect(
    nextAllowed(at('2026-05-01T13:00:00Z'), { closed: [{ from: '00:00', to: '00:00' }] }, [berlin]),
  ).toBeNull();
});

test('a local time is written with its offset', () => {
  expect(localIso(at('2026-05-01T07:00:00Z'), berlin)).toBe('2026-05-01T09:00:00+02:00');
  expect(localIso(at('2026-05-01T07:00:00Z'), 'America/St_Johns')).toBe('2026-05-01T04:30:00-02:30');
});

test('only zones are zones', () => {
  expect([berlin, 'UTC', 'Mars/Olympus', '', null].map(isZone)).toEqual([true, true, false, false, false]);
});
