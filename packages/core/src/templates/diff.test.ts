import { expect, test } from 'vitest';
import { diffContents } from './diff.js';

const lines = (n: number, letter: string) => Array.from({ length: n }, (_, i) => `${letter}${i}`).join('\n');

test('texts are compared line by line, and those that are equal are left out', () => {
  const before = { locales: { en: { subject: 'Ahoy', html: 'a\nb\nc' } } };
  const after = { locales: { en: { subject: 'Ahoy', html: 'a\nx\nc' } } };
  expect(diffContents(before, after)).toEqual([
    {
      path: 'locales.en.html',
      lines: [
        { change: 'same', text: 'a' },
        { change: 'removed', text: 'b' },
        { change: 'added', text: 'x' },
        { change: 'same', text: 'c' },
      ],
    },
  ]);
});

test('two large texts that have nothing in common hold nobody up', () => {
  const [diff] = diffContents({ html: lines(30_000, 'a') }, { html: lines(30_000, 'b') });
  expect(diff?.lines).toHaveLength(60_000);
  expect(diff?.lines[0]).toEqual({ change: 'removed', text: 'a0' });
}, 5_000);
