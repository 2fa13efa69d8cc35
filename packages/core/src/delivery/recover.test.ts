import { expect, test } from 'vitest';
import { systemClock } from '../clock.js';
import { unwatched } from '../watch.js';
import { Recover } from './recover.js';
import type { Sending } from './sending.js';
import { sendingTo } from './testing/sending.js';

const lostAt = (address: string): Sending => sendingTo(address, 'gone');

test('a lost send that cannot be recorded is an error, and its neighbours are recorded and told of', async () => {
  const recorded: string[] = [];
  const store = {
    expired: async () => ['one', 'broken', 'two'].map(lostAt),
    askAboutUnknown: async () => 0,
    record: async (outcomes: readonly { sending: Sending }[]) => {
      const addresses = outcomes.map(({ sending }) => sending.address);
      if (addresses.includes('broken')) throw new Error('No such row.');
      recorded.push(...addresses);
      return new Set<never>();
    },
  };
  let unknown = 0;
  const metrics = {
    count: (name: string, { status }: Record<string, string>, by = 1) => {
      if (name === 'messages_total' && status === 'unknown') unknown += by;
    },
    time: () => {},
  };
  const recover = new Recover(store, () => undefined, systemClock, { ...unwatched, metrics });
  await expect(recover.round(10)).rejects.toThrow('Lost sends that could not be recorded: 1.');
  expect(recorded).toEqual(['one', 'two']);
  expect(unknown).toBe(2);
});
