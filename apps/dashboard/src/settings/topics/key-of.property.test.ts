import { TopicInput } from '@halyard/contracts/contacts/consents';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyOf } from './key-of';

test('Feature: topics, Property 1: the key of a name is one that the API takes, or none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (name) => {
      const key = keyOf(name);
      expect(key === '' || TopicInput.safeParse({ key, name: {} }).success).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['Neue Törns & Kurse', 'neue-toerns-kurse'],
  ['  Été ', 'ete'],
  ['★', ''],
])('%j becomes %j', (name, key) => expect(keyOf(name)).toBe(key));
