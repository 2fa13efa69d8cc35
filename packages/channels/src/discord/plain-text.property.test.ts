import fc from 'fast-check';
import { expect, test } from 'vitest';
import { discordText } from './plain-text.js';

/** What Discord shows of escaped text: a backslash before a sign is not shown, and the sign means nothing. */
const shown = (text: string): string => text.replace(/\\([^0-9A-Za-z\s])/g, '$1');

test('Feature: chat texts, Property 1: Discord shows a text letter for letter', () => {
  const signs = fc.string({ unit: fc.constantFrom(...'\\*_~`|[]()<>#-. \nab1') });
  fc.assert(
    fc.property(fc.oneof(signs, fc.string()), (text) => {
      expect(shown(discordText(text))).toBe(text);
    }),
    { numRuns: 500 },
  );
});

test('addresses stay whole, so that they can be followed', () => {
  expect(discordText('_x_ https://a.example/b_c_d?e=*f* _y_')).toBe(
    '\\_x\\_ https://a.example/b_c_d?e=*f* \\_y\\_',
  );
});

test('quotes, headings and lists are made by a person, not by a line that begins like one', () => {
  expect(discordText('> a\n# b\n-# c\n- d\n5 - 3 > 1')).toBe('\\> a\n\\# b\n\\-# c\n\\- d\n5 - 3 > 1');
});
