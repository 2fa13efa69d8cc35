import { expect, test } from 'vitest';
import { checkedAddress } from './checked-address.js';

test.each(['127.0.0.1', '10.0.0.1', '::1', '::ffff:192.168.0.1', 'localhost'])(
  '%s is refused, unless that is allowed',
  async (host) => {
    await expect(checkedAddress(host, false)).rejects.toMatchObject({ code: 'EBLOCKED' });
    expect(await checkedAddress(host, true)).toMatch(/^[0-9a-f.:]+$/);
  },
);

test('a public address is connected to as it is', async () => {
  expect(await checkedAddress('93.184.216.34', false)).toBe('93.184.216.34');
});
