import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isNew, mostSeen } from './seen-ids';

let triggers = 0;

test('Feature: n8n trigger, Property 1: each id is new once, whatever comes between, and what is kept is bounded', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 99 }).map(String), { maxLength: 300 }), (ids) => {
      const trigger = `trigger ${triggers++}`;
      const stored = {};
      const fresh = ids.filter((id) => isNew(trigger, stored, id));
      expect(fresh).toEqual([...new Set(ids)]);
    }),
  );
});

test('Feature: n8n trigger, Property 2: copies of what is kept that do not know of each other lose no id', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.uuid(), { minLength: 2, maxLength: 20 }), (ids) => {
      const trigger = `trigger ${triggers++}`;
      // Executions at the same time begin with the same static data; n8n stores that of the last one.
      const copies = ids.map((id) => {
        const copy: { seen?: string[] } = {};
        isNew(trigger, copy, id);
        return copy;
      });
      expect([...(copies.at(-1)?.seen ?? [])].sort()).toEqual([...ids].sort());
    }),
  );
});

test('only the newest ids are kept', () => {
  const stored: { seen?: string[] } = {};
  for (let n = 0; n < mostSeen + 10; n++) isNew('bounded', stored, String(n));
  expect(stored.seen).toHaveLength(mostSeen);
  expect(stored.seen?.at(-1)).toBe(String(mostSeen + 9));
});
