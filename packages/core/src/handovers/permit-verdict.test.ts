import { MessageStatus } from '@halyard/contracts/messages/message';
import { expect, test } from 'vitest';
import type { AttemptId } from '../ids.js';
import { isToDecide, verdictOf } from './permit-verdict.js';

const attemptId = 'attempt' as AttemptId;
const now = new Date('2026-06-01T10:00:00Z');
const later = new Date('2026-06-01T10:00:01Z');

test('whoever may have sent it was permitted to; whoever never may was not', () => {
  const verdicts = MessageStatus.options.map((status) => [status, verdictOf({ status, attemptId })]);
  expect(Object.fromEntries(verdicts)).toEqual({
    scheduled: 'deferred',
    sending: 'granted',
    sent: 'granted',
    delivered: 'granted',
    bounced: 'granted',
    failed: 'granted',
    unknown: 'granted',
    dead: 'refused',
    skipped: 'refused',
    cancelled: 'refused',
    expired: 'refused',
  });
  expect(verdictOf({ status: 'failed', attemptId: null })).toBe('refused');
});

test.each([
  ['scheduled', null, now, true],
  ['scheduled', 'caps', later, false],
  ['scheduled', 'caps', now, true],
  ['scheduled', 'awaiting_permit', later, true],
  ['sending', null, now, false],
  ['skipped', 'opted_out', now, false],
] as const)('a %s one (%s) due at %s is decided now: %s', (status, reason, dueAt, decided) => {
  expect(isToDecide({ status, reason, dueAt }, now)).toBe(decided);
});
