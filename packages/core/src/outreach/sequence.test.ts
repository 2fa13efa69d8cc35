import { expect, test } from 'vitest';
import type { MessageStatus } from '../messages/message.js';
import { nextOfSequence } from './sequence.js';

const now = new Date('2026-04-01T10:00:00Z');
const after = (status: MessageStatus, dueAt = now) =>
  nextOfSequence({ state: 'released', message: { status, dueAt } }, now);

test.each<MessageStatus>(['sent', 'delivered'])('a step goes when the one before it was %s', (status) => {
  expect(after(status)).toEqual({ kind: 'release' });
});

test.each<MessageStatus>(['skipped', 'cancelled', 'expired', 'failed', 'bounced'])(
  'a step whose predecessor was %s is cancelled and says why',
  (status) => {
    expect(after(status)).toEqual({ kind: 'cancel', reason: `previous_step_${status}` });
  },
);

test.each<MessageStatus>(['scheduled', 'sending', 'unknown', 'dead'])(
  'a step waits while the one before it is %s',
  (status) => {
    const verdict = after(status);
    expect(verdict.kind === 'wait' && verdict.until > now).toBe(true);
  },
);

test('a step looks again when the one before it is due', () => {
  const dueAt = new Date('2026-04-03T10:00:00Z');
  expect(after('scheduled', dueAt)).toEqual({ kind: 'wait', until: dueAt });
});

test('a step waits for one that was not pushed yet, and is cancelled with one that was', () => {
  expect(nextOfSequence(null, now).kind).toBe('wait');
  expect(nextOfSequence({ state: 'waiting', message: null }, now).kind).toBe('wait');
  expect(nextOfSequence({ state: 'cancelled', message: null }, now)).toEqual({
    kind: 'cancel',
    reason: 'previous_step_cancelled',
  });
});
