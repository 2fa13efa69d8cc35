import { expect, test } from 'vitest';
import { parseCsv } from './parse-csv';

test.each([
  [
    'a,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    '\ufeffVorname;Ort\r\nLena;"Kiel; Förde"\r\n\r\nOle;',
    [
      ['Vorname', 'Ort'],
      ['Lena', 'Kiel; Förde'],
      ['Ole', ''],
    ],
  ],
  [
    'a\tb\n"says ""Ahoy""\nand goes"\tx',
    [
      ['a', 'b'],
      ['says "Ahoy"\nand goes', 'x'],
    ],
  ],
  ['', []],
])('%j is read as a spreadsheet writes it', (text, rows) => {
  expect(parseCsv(text, 10)).toEqual(rows);
});

test('only as many rows are read as are asked for, and a broken one ends the look', () => {
  expect(parseCsv('a\n1\n2\n3', 2)).toEqual([['a'], ['1']]);
  expect(parseCsv('a,b\n1,2\n"open,3', 9)).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ]);
});
