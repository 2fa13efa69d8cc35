import { expect, test } from 'vitest';
import { outcomeOf } from './reported-outcome.js';

test.each([
  [
    { outcome: 'sent', provider_message_id: 'x' },
    { kind: 'accepted', providerMessageId: 'x' },
  ],
  [{ outcome: 'delivered' }, { kind: 'accepted' }],
  [{ outcome: 'bounced' }, { kind: 'accepted' }],
  [
    { outcome: 'failed', code: '550', detail: 'No such user', invalid_address: true },
    { kind: 'rejected', code: '550', detail: 'No such user', invalidAddress: true },
  ],
  [
    { outcome: 'throttled', retry_after_seconds: 7 },
    { kind: 'throttled', retryAfterMs: 7_000 },
  ],
  [{ outcome: 'throttled' }, { kind: 'throttled', retryAfterMs: 60_000 }],
  [{ outcome: 'not_sent' }, { kind: 'failed_before_send', code: 'not_sent' }],
] as const)('%j is %j', (reported, outcome) => {
  expect(outcomeOf(reported)).toMatchObject(outcome);
});
