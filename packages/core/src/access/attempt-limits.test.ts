import { expect, test } from 'vitest';
import type { AttemptStore } from './attempt-limits.js';
import { AttemptLimits } from './attempt-limits.js';
import { networkOf } from './network-of.js';

/** Counts in memory; the windows never end. */
class CountedAttempts implements AttemptStore {
  readonly counts = new Map<string, number>();
  async count(key: Buffer): Promise<{ count: number; secondsLeft: number }> {
    const name = key.toString('hex');
    const count = (this.counts.get(name) ?? 0) + 1;
    this.counts.set(name, count);
    return { count, secondsLeft: 89.2 };
  }
  async forget(key: Buffer): Promise<void> {
    this.counts.delete(key.toString('hex'));
  }
}

const repeated = async (times: number, attempt: (n: number) => Promise<void>): Promise<void> => {
  for (let n = 0; n < times; n++) await attempt(n);
};

test('an account is limited from whatever addresses its attempts come, in whatever case it is written', async () => {
  const limits = new AttemptLimits(new CountedAttempts());
  await repeated(10, (n) => limits.take('log_in', 'Anna@example.com', `192.0.2.${n}`));
  await expect(limits.take('log_in', 'anna@EXAMPLE.com', '192.0.2.99')).rejects.toMatchObject({
    code: 'rate_limited',
    retryAfterSeconds: 90,
  });
  await limits.take('log_in', 'bert@example.com', '192.0.2.99');
});

test('an address is limited over all accounts', async () => {
  const limits = new AttemptLimits(new CountedAttempts());
  await repeated(100, (n) => limits.take('log_in', `user${n}@example.com`, '192.0.2.1'));
  await expect(limits.take('log_in', 'another@example.com', '192.0.2.1')).rejects.toMatchObject({
    code: 'rate_limited',
  });
});

test('a success forgets the failures of the account, not those of the address', async () => {
  const limits = new AttemptLimits(new CountedAttempts());
  await repeated(100, async (n) => {
    await limits.take('log_in', 'anna@example.com', '192.0.2.1');
    if (n % 9 === 8) await limits.succeeded('log_in', 'anna@example.com');
  });
  await expect(limits.take('log_in', null, '192.0.2.1')).rejects.toMatchObject({ code: 'rate_limited' });
});

test('a customer with a whole IPv6 network has one address', async () => {
  const limits = new AttemptLimits(new CountedAttempts());
  const from = (n: number) => limits.take('log_in', null, `2001:db8:1:2::${n.toString(16)}`);
  await repeated(100, from);
  await expect(from(100)).rejects.toMatchObject({ code: 'rate_limited' });
  await limits.take('log_in', null, '2001:db8:1:3::1');
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8::5', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('the network of %s is %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test('what is stored tells nobody which account was tried', async () => {
  const store = new CountedAttempts();
  await new AttemptLimits(store).take('log_in', 'anna@example.com', '192.0.2.1');
  expect([...store.counts.keys()].join()).not.toMatch(/anna|192/);
});
