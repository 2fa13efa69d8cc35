import { expect, test } from 'vitest';
import { OrganizationPolicy } from './policy.js';

test.each(['-P1D', 'P0D', 'PT0S', 'P1000000Y', '1 day'])('a period of %s is refused', (period) => {
  expect(OrganizationPolicy.safeParse({ expire_after: period }).success).toBe(false);
  expect(OrganizationPolicy.safeParse({ caps: [{ messages: 1, per: period }] }).success).toBe(false);
});

test.each(['P1D', 'PT90M', 'P1W', 'P1DT10H'])('a period of %s is taken', (period) => {
  expect(OrganizationPolicy.parse({ expire_after: period }).expire_after).toBe(period);
});
