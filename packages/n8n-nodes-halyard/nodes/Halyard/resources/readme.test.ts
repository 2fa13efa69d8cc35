import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resources } from '.';

const rows = readFileSync(join(__dirname, '../../../README.md'), 'utf8').split('\n');

test.each(resources)('the README lists the operations of $name as they are', ({ name, operations }) => {
  const row = rows.find((line) => line.startsWith(`| **${name}** |`));
  expect(row).toBe(`| **${name}** | ${operations.map((one) => one.name).join(', ')} |`);
});
