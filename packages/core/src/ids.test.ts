import { expect, test } from 'vitest';
import { randomIds } from './ids.js';

test('ids of one process are version 7, of now, all different, and grow', () => {
  const before = Date.now();
  const ids = Array.from({ length: 5_000 }, () => randomIds<never>() as string);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const at = Number.parseInt((ids[0] ?? '').replaceAll('-', '').slice(0, 12), 16);
  expect(at - before).toBeLessThan(1_000);
});
