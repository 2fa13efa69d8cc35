import { expect, test } from 'vitest';
import de from './de.json';
import en from './en.json';

/** Each text by its path, with the names of what is filled in. */
function texts(words: object, path = ''): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [name, value] of Object.entries(words)) {
    const here = path ? `${path}.${name}` : name;
    if (typeof value === 'string')
      found.set(here, [...value.matchAll(/\{(\w+)[,}]/g)].map(([, arg = '']) => arg).sort());
    else for (const [deeper, args] of texts(value, here)) found.set(deeper, args);
  }
  return found;
}

test('German has every text that English has, filled in with the same', () => {
  expect([...texts(de)]).toEqual([...texts(en)]);
});

test('no text is empty', () => {
  expect(JSON.stringify([en, de])).not.toMatch(/:\s*""/);
});
