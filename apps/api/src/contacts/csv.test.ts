import { expect, test } from 'vitest';
import { csvLine } from './csv.js';

test('cells with commas, quotes and line breaks stay one cell', () => {
  expect(csvLine(['a,b', 'say "ahoy"', 'two\nlines', null, 3])).toBe(
    '"a,b","say ""ahoy""","two\nlines",,3\r\n',
  );
});

test.each(['=1+1', '+49', '-1', '@SUM(A1)', '\t=1', '\r=1'])('a cell %j cannot be a formula', (cell) => {
  expect(csvLine([cell]).replace(/^"/, '')).toMatch(/^'/);
});
