import { expect, test } from 'vitest';
import type { CampaignId, ContactId, MessageId } from '../ids.js';
import { messageOf } from './new-message.js';

const now = new Date('2026-06-01T10:00:00Z');
const next = new Date('2026-06-02T10:00:00Z');
const message = (expires_after: string | undefined, expiresAt: Date | null) =>
  messageOf(
    {
      campaignId: 'c' as CampaignId,
      n: 2,
      message: {
        audience: { all: [] },
        channels: ['email'],
        class: 'marketing',
        topic: 'news',
        variables: {},
        expires_after,
        template: { versions: {} },
      },
      expiresAt,
    },
    'p' as ContactId,
    'm' as MessageId,
    now,
  );

test('a recipient has one message of an occurrence, and another of the next', () => {
  expect(message(undefined, null).key).toBe('campaign:c:2:p');
});

test.each([
  [undefined, null, null],
  [undefined, next, next],
  ['PT6H', null, new Date('2026-06-01T16:00:00Z')],
  ['PT6H', next, new Date('2026-06-01T16:00:00Z')],
  ['P3D', next, next],
])('it expires after %s, or when the next one starts (%s)', (after, nextStartAt, expected) => {
  expect(message(after, nextStartAt).expiresAt).toEqual(expected);
});
