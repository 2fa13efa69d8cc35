import { expect, test } from 'vitest';
import { RequestLimits } from './request-limits.js';

test('each caller has their own minute, which ends', () => {
  let now = 0;
  const limits = new RequestLimits(2, () => now);
  limits.take('anna');
  limits.take('anna');
  limits.take('bert');
  now = 20_000;
  expect(() => limits.take('anna')).toThrow(expect.objectContaining({ retryAfterSeconds: 40 }));
  now = 60_000;
  limits.take('anna');
});

test('zero means no limit', () => {
  const limits = new RequestLimits(0);
  for (let n = 0; n < 10_000; n++) limits.take('anna');
});
