import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accentOn, contrastOf } from './accent.js';

const color = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);

test('Feature: organization look, Property 1: whatever the brand colour, it can be read on paper, light and dark', () => {
  fc.assert(
    fc.property(color, fc.constantFrom('#ffffff', '#1f2430'), (brand, paper) => {
      expect(contrastOf(accentOn(paper, brand), paper)).toBeGreaterThanOrEqual(4.5);
    }),
    { numRuns: 1_000 },
  );
});

test('Feature: organization look, Property 2: what can be read already stays as it is', () => {
  fc.assert(
    fc.property(color, (brand) => {
      fc.pre(contrastOf(brand, '#ffffff') >= 4.5);
      expect(accentOn('#ffffff', brand)).toBe(brand);
    }),
    { numRuns: 300 },
  );
});
