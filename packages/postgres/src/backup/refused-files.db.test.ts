import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BackedUp } from '../testing/backed-up.js';
import { openBackedUp, withClient } from '../testing/backed-up.js';
import { emptyDatabase } from '../testing/empty-database.js';
import { restoreBackup } from './restore-backup.js';

let made: BackedUp;
beforeAll(async () => {
  made = await openBackedUp();
});
afterAll(() => made.remove());

test.each<[string, (whole: Buffer) => Buffer, RegExp]>([
  ['cut off', (whole) => whole.subarray(0, whole.length - 40), /was cut off/],
  ['cut off after a table', (whole) => gzipSync(cutAfterTable(gunzipSync(whole))), /was cut off/],
  ['altered', (whole) => gzipSync(replaced(gunzipSync(whole), 'A school', 'B school')), /checksum/],
  ['a row less', (whole) => gzipSync(withoutARow(gunzipSync(whole))), /checksum/],
  ['of a flipped byte', (whole) => flipped(whole), /cannot be restored/],
  [
    'of a newer Halyard',
    (whole) => gzipSync(replaced(gunzipSync(whole), '"schema":"0', '"schema":"9')),
    /newer one/,
  ],
  ['no backup', () => Buffer.from('hello'), /cannot be restored/],
])('a file that is %s is refused, and leaves nothing', async (name, change, sentence) => {
  const broken = join(made.folder, `${name}.backup`);
  await writeFile(broken, change(await readFile(made.file)));
  const url = await emptyDatabase();
  await expect(restoreBackup(url, broken)).rejects.toThrow(sentence);
  const { rows } = await withClient(url, (client) =>
    client.query(`select from pg_tables where schemaname in ('public', 'auth', 'bullmq')`),
  );
  expect(rows).toEqual([]);
});

const cutAfterTable = (text: Buffer) => text.subarray(0, text.indexOf('\n\\.\n') + 4);
const replaced = (text: Buffer, from: string, to: string) =>
  Buffer.from(text.toString('latin1').replace(from, to), 'latin1');
const withoutARow = (text: Buffer) => {
  const lines = text.toString('latin1').split('\n');
  lines.splice(lines.findIndex((line) => line.startsWith('{"table":"public.contacts"')) + 1, 1);
  return Buffer.from(lines.join('\n'), 'latin1');
};
const flipped = (whole: Buffer) => {
  const copy = Buffer.from(whole);
  const at = Math.floor(copy.length / 2);
  copy[at] = (copy[at] ?? 0) ^ 0x55;
  return copy;
};
