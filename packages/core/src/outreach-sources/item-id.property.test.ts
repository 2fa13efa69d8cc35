import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { OutreachSourceId } from '../ids.js';
import { itemIdOf } from './item-of-row.js';

const source = fc.uuid() as fc.Arbitrary<string> as fc.Arbitrary<OutreachSourceId>;

test('Feature: outreach sources, Property 1: a row is the same item at every poll, and no other row’s', () => {
  fc.assert(
    fc.property(source, source, fc.string(), fc.string(), (one, other, row, another) => {
      const id = itemIdOf(one, row);
      expect(z.uuid().safeParse(id).success).toBe(true);
      expect(itemIdOf(one, row)).toBe(id);
      if (row !== another) expect(itemIdOf(one, another)).not.toBe(id);
      if (one !== other) expect(itemIdOf(other, row)).not.toBe(id);
    }),
    { numRuns: 500 },
  );
});
