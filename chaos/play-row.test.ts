import { afterAll, beforeAll, expect, test } from 'vitest';
import { ChaosServer } from './database.ts';
import { playRow } from './play-row.ts';

let server: ChaosServer;
beforeAll(async () => {
  server = await ChaosServer.start();
});
afterAll(() => server?.stop());

const form = { seed: 1, scale: 1, hurried: true };

test('a row that fails and takes PostgreSQL with it says both, and the next one can be played', async () => {
  let told = '';
  const { failures } = await playRow(
    {
      name: 'fails',
      fault: 'everything',
      async run(scene) {
        await scene.server.crash();
        throw new Error('the first failure');
      },
    },
    server,
    {
      ...form,
      tell: (text) => {
        told = text;
      },
    },
  );
  expect(failures).toEqual([
    'in the row: the first failure',
    expect.stringMatching(/^PostgreSQL ended by itself: .*shut down/s),
  ]);
  expect(told).toMatch(/== PostgreSQL\n.*database system is ready/s);
  const next = await playRow({ name: 'next', fault: 'nothing', run: async () => {} }, server, form);
  expect(next.failures).toEqual([]);
});
