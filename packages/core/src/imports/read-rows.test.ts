import { expect, test } from 'vitest';
import type { FileRow } from './read-rows.js';
import { readRows, UnreadableFile } from './read-rows.js';

async function* inPieces(text: string, size: number) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function all(rows: AsyncIterable<FileRow>): Promise<FileRow[]> {
  const list: FileRow[] = [];
  for await (const row of rows) list.push(row);
  return list;
}
const read = async (format: 'csv' | 'ndjson', text: string, size = 1_000) =>
  all(readRows(format, inPieces(text, size)));

test.each(['\n', '\r\n'])(
  'lines are counted as an editor does, whatever the line break (%j)',
  async (eol) => {
    const text = ['\ufeffname,note', '', 'a,"x', 'y"', '', '', 'b,z'].join(eol);
    for (const size of [1, 7, 1_000])
      expect((await read('csv', text, size)).map((row) => [row.line, row.value])).toEqual([
        [3, { name: 'a', note: `x${eol}y` }],
        [7, { name: 'b', note: 'z' }],
      ]);
  },
);

test.each([',', ';', '\t'])('the delimiter %j is found in the header, not in quoted cells', async (mark) => {
  const [row] = await read('csv', `"a,;\t${mark}"${mark}b\n1${mark}2\n`);
  expect(row?.value.b).toBe('2');
});

test('a row with a wrong number of cells is told and loses nobody else', async () => {
  const rows = await read('csv', 'a,b\n1\n1,2,3\n1,2\n');
  expect(rows.map((row) => row.problem !== undefined)).toEqual([true, true, false]);
});

test('a file that is not UTF-8 is told by row', async () => {
  const rows = await all(
    readRows(
      'csv',
      (async function* () {
        yield Buffer.concat([Buffer.from('a\nJ'), Buffer.of(0xfc), Buffer.from('rgen\nx\n')]);
      })(),
    ),
  );
  expect(rows.map((row) => row.problem)).toEqual([expect.stringContaining('UTF-8'), undefined]);
});

test('a quotation mark that is never closed is told; what came before is read', async () => {
  const rows: unknown[] = [];
  const reading = (async () => {
    for await (const row of readRows('csv', inPieces('a,b\n1,2\n3,"4\n5,6\n', 5))) rows.push(row);
  })();
  await expect(reading).rejects.toThrow(UnreadableFile);
  expect(rows).toHaveLength(1);
});

test('a file without a row has no rows', async () => {
  expect(await read('csv', 'a,b\n')).toEqual([]);
  expect(await read('csv', '')).toEqual([]);
});

test('lines of NDJSON end where its writers end them, and nowhere inside a text', async () => {
  const text = `\ufeff{"a":"x\u2028y\u2029z"}\r\n\n{"a":"\u00fc"}`;
  for (const size of [1, 3, 1_000])
    expect((await read('ndjson', text, size)).map((row) => [row.line, row.value, row.problem])).toEqual([
      [1, { a: 'x\u2028y\u2029z' }, undefined],
      [3, { a: 'ü' }, undefined],
    ]);
  const rows = await read('ndjson', text, 7);
  expect(rows.at(-1)?.bytes).toBe(Buffer.byteLength(text));
});

test('a line of NDJSON that is not UTF-8 is told, one without an end is not kept in memory', async () => {
  async function* latin1() {
    yield Buffer.concat([Buffer.from('{"a":"J'), Buffer.of(0xfc), Buffer.from('rgen"}\n{"a":1}')]);
  }
  const rows = await all(readRows('ndjson', latin1()));
  expect(rows.map((row) => row.problem)).toEqual([expect.stringContaining('UTF-8'), undefined]);
  async function* endless() {
    yield Buffer.from('{"a":1}\n');
    for (;;) yield Buffer.alloc(256 * 1024, 'x');
  }
  await expect(all(readRows('ndjson', endless()))).rejects.toThrow('Line 2 is longer than 1 MB');
});
