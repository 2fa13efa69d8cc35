import { afterAll, beforeAll, expect, test } from 'vitest';
import { ChaosServer } from './database.ts';
import { playRow } from './play-row.ts';
import type { Row } from './row.ts';
import { rows } from './rows.ts';

/** The crash suite in its short form: the same choices every time, and the dead are not waited for. */
const form = { seed: 20_260_701, scale: 1, hurried: true };
const inShort: Row[] = [];
for (const row of rows.filter(({ onlyLong }) => !onlyLong)) {
  const missing = await row.missing?.();
  if (missing) console.warn(`The row ${row.name} is not played: ${missing}`);
  else inShort.push(row);
}

let server: ChaosServer;
beforeAll(async () => {
  server = await ChaosServer.start();
});
afterAll(() => server?.stop());

test.each(inShort)('$name: nothing lost, nothing twice', { timeout: 300_000 }, async (row) => {
  let logs = '';
  const { failures } = await playRow(row, server, {
    ...form,
    tell: (text) => {
      logs = text;
    },
  });
  expect(failures, logs.slice(-10_000)).toEqual([]);
});
