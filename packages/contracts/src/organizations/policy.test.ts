import { expect, test } from 'vitest';
import { OrganizationPolicy } from './policy.js';

test.each(['-P1D', 'P0D', 'PT0S', 'P1000000Y', '1 day'])('a period of %s is refused', (period) => {
  expect(OrganizationPolicy.safeParse({ expire_after: period }).success).toBe(false);
  expect(OrganizationPolicy.safeParse({ caps: [{ messages: 1, per: period }] }).success).toBe(false);
});

test.each(['P1D', 'PT90M', 'P1W', 'P1DT10H'])('a period of %s is taken', (period) => {
  expect(OrganizationPolicy.parse({ expire_after: period }).expire_after).toBe(period);
});

test('hours that would never or always be are refused with what to do', () => {
  const sentences = (policy: object) =>
    OrganizationPolicy.safeParse(policy).error?.issues.map(({ path, message }) => [path.join('.'), message]);
  const never = { from: '09:00', to: '09:00' };
  const noWindow = expect.stringContaining('no window: give two times of day');
  expect(sentences({ quiet_hours: { default: never } })).toEqual([['quiet_hours.default.to', noWindow]]);
  expect(sentences({ send_windows: { email: [never] } })).toEqual([['send_windows.email.0.to', noWindow]]);
  expect(sentences({ send_windows: { email: [] } })).toEqual([
    ['send_windows.email', expect.stringContaining('nothing would ever be sent')],
  ]);
  expect(sentences({ quiet_hours: { default: null }, send_windows: {} })).toBeUndefined();
});
