import fc from 'fast-check';
import { expect, test } from 'vitest';
import { draftOf, scheduleOf, weekdays } from './schedule';

const zone = 'Europe/Berlin';
const now = Date.parse('2026-05-01T20:00:00Z');

test('without a schedule tomorrow morning in the zone is proposed', () => {
  expect(draftOf(null, zone, now)).toMatchObject({ type: 'once', at: '2026-05-02T09:00' });
  expect(scheduleOf(draftOf(null, zone, now), zone, now)).toEqual({
    type: 'once',
    at: '2026-05-02T07:00:00.000Z',
  });
});

test('what has passed, or is no time, is none', () => {
  const draft = draftOf(null, zone, now);
  expect(scheduleOf({ ...draft, at: '2026-05-01T21:59' }, zone, now)).toBeNull();
  expect(scheduleOf({ ...draft, at: '' }, zone, now)).toBeNull();
  expect(scheduleOf({ ...draft, type: 'recurring', time: '' }, zone, now)).toBeNull();
  expect(scheduleOf({ ...draft, type: 'recurring', until: '2026-04-30' }, zone, now)).toBeNull();
});

test('all days of the week are the same as none, and the last day counts', () => {
  const draft = { ...draftOf(null, zone, now), type: 'recurring' as const, until: '2026-05-01' };
  expect(scheduleOf({ ...draft, weekdays }, zone, now)).toEqual({
    type: 'recurring',
    time: '09:00',
    until: '2026-05-01T21:59:00.000Z',
  });
});

test('Feature: campaigns, Property 2: a schedule comes back from its form as it was', () => {
  const minute = fc.integer({ min: 1, max: 500_000 }).map((n) => new Date(now + n * 60_000).toISOString());
  const pad = (n: number) => String(n).padStart(2, '0');
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([h, m]) => `${pad(h)}:${pad(m)}`);
  const days = fc.subarray([...weekdays], { minLength: 1, maxLength: 6 });
  const schedule = fc.oneof(
    minute.map((at) => ({ type: 'once' as const, at })),
    fc.record({ type: fc.constant('recurring' as const), time, weekdays: days }),
  );
  fc.assert(
    fc.property(schedule, fc.constantFrom('UTC', 'Asia/Tokyo', 'America/Lima'), (given, where) => {
      expect(scheduleOf(draftOf(given, where, now), where, now)).toEqual(given);
    }),
  );
});
