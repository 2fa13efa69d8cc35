import { expect, test } from 'vitest';
import { bytesOf, openFile } from './open-file';

const opened = async (bytes: string | Uint8Array<ArrayBuffer>, name: string) =>
  openFile(new File([bytes], name));

test('a file is looked at as far as its first rows', async () => {
  expect(await opened('a;b\n1;2\n3;4\n', 'Gäste.CSV')).toMatchObject({
    format: 'csv',
    legacy: false,
    headers: ['a', 'b'],
    rows: [
      ['1', '2'],
      ['3', '4'],
    ],
  });
  expect(await opened('{"email":"a@b.example","attributes":{"n":1}}\nbroken\n', 'x.jsonl')).toMatchObject({
    format: 'ndjson',
    headers: ['email', 'attributes'],
    rows: [['a@b.example', '{"n":1}']],
  });
});

test.each([
  ['guests.xlsx', 'x', 'spreadsheet'],
  ['guests.pdf', 'x', 'kind'],
  ['guests.csv', '', 'empty'],
])('%s with %j cannot be used: %s', async (name, text, why) => {
  expect(await opened(text, name)).toBe(why);
});

test('what an old spreadsheet wrote is sent in UTF-8', async () => {
  const file = await opened(
    Uint8Array.from([...'Name\nM'].map((c) => c.charCodeAt(0)).concat(0xfc, 0x6c)),
    'old.csv',
  );
  if (typeof file === 'string') throw new Error(file);
  expect(file).toMatchObject({ legacy: true, rows: [['Mül']] });
  expect(await (await bytesOf(file)).text()).toBe('Name\nMül');
});
