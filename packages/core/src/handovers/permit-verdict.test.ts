import { MessageStatus } from '@halyard/contracts/messages/message';
import { expect, test } from 'vitest';
import { isToDecide, verdictOf } from './permit-verdict.js';

const now = new Date('2026-06-01T10:00:00Z');
const later = new Date('2026-06-01T10:00:01Z');

test('only who it was handed out to is permitted: what is out, or may be, must not go out twice', () => {
  expect(verdictOf({ status: 'sending', handedOut: true })).toBe('granted');
  const verdicts = MessageStatus.options.map((status) => [status, verdictOf({ status, handedOut: false })]);
  expect(Object.fromEntries(verdicts)).toEqual({
    scheduled: 'deferred',
    sending: 'refused',
    sent: 'refused',
    delivered: 'refused',
    bounced: 'refused',
    failed: 'refused',
    unknown: 'refused',
    dead: 'refused',
    skipped: 'refused',
    cancelled: 'refused',
    expired: 'refused',
  });
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
