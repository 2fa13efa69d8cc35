import { expect, test } from 'vitest';
import { OutreachSourcePatch } from './source.js';

test.each([
  ['pending', true],
  ['Scheduled', true],
  ['scheduled', false],
  ['accepted', false],
  ['sent', false],
])('rows may wait with the status %s: %s', (pending, good) => {
  expect(OutreachSourcePatch.safeParse({ pending }).success).toBe(good);
});
