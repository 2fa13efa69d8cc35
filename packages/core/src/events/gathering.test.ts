import { expect, test } from 'vitest';
import { Gathering } from './gathering.js';

test('what arrives while a batch is being written goes together in the next one, in order', async () => {
  const batches: number[][] = [];
  const gathering = new Gathering<string, number, number>(async (_, items) => {
    batches.push([...items]);
    await Promise.resolve();
    return items.map((item) => item * 10);
  });
  const answers = await Promise.all([1, 2, 3, 4].map((n) => gathering.add('org', n)));
  expect(answers).toEqual([10, 20, 30, 40]);
  expect(batches).toEqual([[1], [2, 3, 4]]);
});

test('one item that cannot be written does not cost its neighbours', async () => {
  const gathering = new Gathering<string, number, number>(async (_, items) => {
    await Promise.resolve();
    if (items.includes(13)) throw new Error('no');
    return [...items];
  });
  const settled = await Promise.allSettled([1, 2, 13, 4].map((n) => gathering.add('org', n)));
  expect(settled.map((one) => one.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
});

test('groups do not wait for one another', async () => {
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const gathering = new Gathering<string, number, number>(async (group, items) => {
    if (group === 'slow') await gate;
    return [...items];
  });
  const slow = gathering.add('slow', 1);
  expect(await gathering.add('fast', 2)).toBe(2);
  open();
  expect(await slow).toBe(1);
});
