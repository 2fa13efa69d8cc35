import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freeKey, keyOf } from './template-key';

test('a key is made of the name', () => {
  expect(keyOf('Erinnerung für Bootsgäste, 3 Tage')).toBe('erinnerung-fuer-bootsgaeste-3-tage');
  expect([keyOf('  Été! '), keyOf('⛵'), keyOf('--x--')]).toEqual(['ete', 'template', 'x']);
});

test('a key that is taken gets a number', () => {
  expect(freeKey('news', new Set())).toBe('news');
  expect(freeKey('news', new Set(['news', 'news-2']))).toBe('news-3');
});

test('Feature: templates, Property 1: every name makes a key that the API takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      expect(keyOf(name)).toMatch(/^[a-z0-9][a-z0-9._-]{0,99}$/);
    }),
  );
});
