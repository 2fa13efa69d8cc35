import { expect, test } from 'vitest';
import { afterTry } from './after-try.js';

const now = new Date('2026-05-01T08:00:00Z');
const answered = (status: number, retryAfterMs: number | null = null) => ({
  kind: 'answered' as const,
  status,
  retryAfterMs,
});
const pauseAfter = (tries: number, random: number, outcome = answered(500)) => {
  const after = afterTry(outcome, tries, null, now, random);
  return after.delivery === 'retry' ? (after.dueAt.getTime() - now.getTime()) / 1_000 : after.delivery;
};

test('it is tried again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h, and then no more', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8].map((tries) => pauseAfter(tries, 0.5))).toEqual([
    5,
    300,
    1_800,
    7_200,
    18_000,
    36_000,
    36_000,
    'failed',
  ]);
});

test('retries are spread by a fifth in both directions', () => {
  expect([pauseAfter(2, 0), pauseAfter(2, 1)]).toEqual([240, 360]);
});

test('a longer Retry-After is honoured, up to a day', () => {
  expect(pauseAfter(1, 0.5, answered(429, 60_000))).toBe(60);
  expect(pauseAfter(2, 0.5, answered(503, 1_000))).toBe(300);
  expect(pauseAfter(1, 0.5, answered(503, 10 * 24 * 3_600_000))).toBe(24 * 3_600);
});

test.each([200, 204, 299])('%i is delivered', (status) => {
  expect(afterTry(answered(status), 1, null, now, 0)).toEqual({ delivery: 'delivered', status });
});

test.each([301, 302, 307, 400, 404, 500])('%i is not', (status) => {
  expect(afterTry(answered(status), 1, null, now, 0)).toMatchObject({ delivery: 'retry', disable: null });
});

test('410 disables at once, five days of failure do as well', () => {
  expect(afterTry(answered(410), 1, null, now, 0)).toMatchObject({
    delivery: 'failed',
    disable: 'It answered 410 Gone.',
  });
  const since = (days: number) => new Date(now.getTime() - days * 24 * 3_600_000);
  const failed = { kind: 'failed' as const, detail: 'Nobody listens there.' };
  expect(afterTry(failed, 3, since(4.9), now, 0)).toMatchObject({ delivery: 'retry', disable: null });
  expect(afterTry(failed, 3, since(5), now, 0)).toMatchObject({
    disable: 'It failed for five days; at last: Nobody listens there.',
  });
});
