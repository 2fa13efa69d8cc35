import { expect, test } from 'vitest';
import { afterCall } from './after-call.js';

const createdAt = new Date('2026-05-01T08:00:00Z');
const hour = 3_600_000;
const call = { createdAt, until: new Date(createdAt.getTime() + hour) };
const answered = (status: number, retryAfterMs: number | null = null) => ({
  kind: 'answered' as const,
  status,
  retryAfterMs,
});
const refused = { kind: 'failed' as const, detail: 'Nobody listens there.' };
const pause = (tries: number, outcome: ReturnType<typeof answered> | typeof refused = refused) => {
  const after = afterCall(outcome, tries, call, createdAt, 0.5);
  return after.kind === 'retry' ? (after.dueAt.getTime() - createdAt.getTime()) / 1_000 : after.kind;
};

test.each([200, 202, 299])('%i is taken', (status) => {
  expect(afterCall(answered(status), 1, call, createdAt, 0)).toEqual({ kind: 'handed_over', status });
});

test('pauses double, up to a twentieth of the time that there is', () => {
  expect([1, 2, 3, 8, 9, 30].map((tries) => pause(tries))).toEqual([1, 2, 4, 128, 180, 180]);
});

test.each([500, 502, 503, 408, 429])('%i is tried again', (status) => {
  expect(pause(1, answered(status))).toBe(1);
});

test.each([301, 400, 401, 403, 410, 413, 422])('%i is final', (status) => {
  expect(pause(1, answered(status))).toBe('failed');
});

test('n8n that has just started does not know its webhooks yet', () => {
  expect([1, 5, 6].map((tries) => pause(tries, answered(404)))).toEqual([1, 16, 'failed']);
});

test('a Retry-After is obeyed, and one that is longer than the time there is fails at once', () => {
  expect(pause(1, answered(429, 60_000))).toBe(60);
  expect(afterCall(answered(503, 2 * hour), 1, call, createdAt, 0.5)).toEqual({
    kind: 'failed',
    status: 503,
    error: 'n8n answered 503. No time was left for another try.',
  });
});
