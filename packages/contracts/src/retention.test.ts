import { expect, test } from 'vitest';
import { RetentionDays, retentionDays } from './retention.js';

test('what is not named keeps its days', () => {
  expect(RetentionDays.parse(undefined)).toEqual(retentionDays);
  expect(RetentionDays.parse('payloads=7, webhooks=0')).toEqual({
    ...retentionDays,
    payloads: 7,
    webhooks: 0,
  });
});

test.each(['payloads', 'messages=3', 'payloads=-1', 'payloads=1.5'])(
  '%s is refused with a sentence',
  (given) => {
    expect(RetentionDays.safeParse(given).error?.issues[0]?.message).toMatch(/^Use name=days.*\.$/);
  },
);
