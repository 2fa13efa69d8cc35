import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { areas } from '../i18n/areas';

const read = (language: string, area: string): object =>
  JSON.parse(readFileSync(join(import.meta.dirname, language, `${area}.json`), 'utf8'));

/** What is filled in, but not the forms of a plural: `one {contact}` says what is written, not what is filled in. */
const filledIn = /(?<!\b(?:zero|one|two|few|many|other) |=\d+ )\{(\w+)[,}]/g;

/** Each text by its path, with the names of what is filled in. */
function texts(words: object, path = ''): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [name, value] of Object.entries(words)) {
    const here = path ? `${path}.${name}` : name;
    if (typeof value === 'string')
      found.set(here, [...value.matchAll(filledIn)].map(([, arg = '']) => arg).sort());
    else for (const [deeper, args] of texts(value, here)) found.set(deeper, args);
  }
  return found;
}

describe.each(['base', ...areas])('the words of %s', (area) => {
  test('German has every text that English has, filled in with the same', () => {
    expect([...texts(read('de', area))]).toEqual([...texts(read('en', area))]);
  });

  test('no text is empty', () => {
    expect(JSON.stringify([read('en', area), read('de', area)])).not.toMatch(/:\s*""/);
  });
});

test('every file of words is of an area, and no two areas share a name', () => {
  const files = readdirSync(join(import.meta.dirname, 'en')).sort();
  expect(files).toEqual(['base', ...areas].map((area) => `${area}.json`).sort());
  const names = ['base', ...areas].flatMap((area) => Object.keys(read('en', area)));
  expect(names).toEqual([...new Set(names)]);
});
