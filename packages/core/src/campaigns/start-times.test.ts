import type { CampaignSchedule } from '@halyard/contracts/campaigns/campaign';
import { expect, test } from 'vitest';
import { nextStart, startAfterPause } from './start-times.js';

const berlin = 'Europe/Berlin';
const at = (iso: string) => new Date(iso);
const mondays: CampaignSchedule = { type: 'recurring', time: '08:00', weekdays: ['mon'] };

test('once is once', () => {
  const once = { type: 'once', at: '2026-06-01T10:00:00+02:00' } as const;
  expect(nextStart(once, at('2026-06-01T07:59:59Z'), berlin)).toEqual(at('2026-06-01T08:00:00Z'));
  expect(nextStart(once, at('2026-06-01T08:00:00Z'), berlin)).toBeNull();
});

test('what recurs does so at its local time, also where clocks have changed', () => {
  expect(nextStart(mondays, at('2026-03-23T07:00:00Z'), berlin)).toEqual(at('2026-03-30T06:00:00Z'));
  expect(nextStart({ type: 'recurring', time: '08:00' }, at('2026-06-01T06:00:00Z'), berlin)).toEqual(
    at('2026-06-02T06:00:00Z'),
  );
});

test('it ends with its last day', () => {
  const until = '2026-06-08T12:00:00Z';
  expect(nextStart({ ...mondays, until }, at('2026-06-01T12:00:00Z'), berlin)).toEqual(
    at('2026-06-08T06:00:00Z'),
  );
  expect(nextStart({ ...mondays, until }, at('2026-06-08T06:00:00Z'), berlin)).toBeNull();
});

test('after a pause what was to happen once happens at once, and what recurs waits for its next time', () => {
  const missed = at('2026-06-01T06:00:00Z');
  const now = at('2026-06-03T15:00:00Z');
  const once = { type: 'once', at: missed.toISOString() } as const;
  expect(startAfterPause(once, missed, now, berlin)).toEqual(missed);
  expect(startAfterPause(mondays, missed, now, berlin)).toEqual(at('2026-06-08T06:00:00Z'));
  expect(startAfterPause(mondays, at('2026-06-08T06:00:00Z'), now, berlin)).toEqual(
    at('2026-06-08T06:00:00Z'),
  );
});
