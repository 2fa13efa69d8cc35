import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inOrder, moved } from './order';

const ranked = fc.uniqueArray(fc.record({ id: fc.uuid(), priority: fc.integer({ min: 0, max: 300 }) }), {
  selector: ({ id }) => id,
  minLength: 1,
  maxLength: 8,
});

test('Feature: order of connections, Property 1: a move changes places with the neighbour, and nothing else', () => {
  fc.assert(
    fc.property(ranked, fc.nat(), fc.constantFrom(-1 as const, 1 as const), (connections, pick, by) => {
      const before = inOrder(connections).map(({ id }) => id);
      const at = pick % before.length;
      const changes = new Map(
        moved(connections, before[at] ?? '', by).map(({ id, priority }) => [id, priority]),
      );
      const after = inOrder(
        connections.map((one) => ({ ...one, priority: changes.get(one.id) ?? one.priority })),
      );
      const expected = [...before];
      const [mine, other] = [before[at], before[at + by]];
      if (mine && other) {
        expected[at] = other;
        expected[at + by] = mine;
      }
      expect(after.map(({ id }) => id)).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});
