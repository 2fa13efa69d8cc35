import { expect, test, vi } from 'vitest';
import { Gathering } from './gathering.js';

/** Writes when it is told to. */
function held() {
  const batches: number[][] = [];
  const gates: (() => void)[] = [];
  const gathering = new Gathering<string, number, number>(async (_, items) => {
    batches.push([...items]);
    await new Promise<void>((resolve) => gates.push(resolve));
    return items.map((item) => item * 10);
  });
  const many = (count: number) =>
    Promise.all(Array.from({ length: count }, (_, n) => gathering.add('org', n)));
  const arrived = () => vi.waitFor(() => expect(gates).not.toEqual([]));
  return { batches, gates, gathering, many, arrived };
}

test('what arrives together, or while a batch is being written, goes together, in order', async () => {
  const { batches, gates, gathering, arrived } = held();
  const first = Promise.all([1, 2].map((n) => gathering.add('org', n)));
  await arrived();
  const second = Promise.all([3, 4, 5].map((n) => gathering.add('org', n)));
  gates.shift()?.();
  expect(await first).toEqual([10, 20]);
  await arrived();
  gates.shift()?.();
  expect(await second).toEqual([30, 40, 50]);
  expect(batches).toEqual([
    [1, 2],
    [3, 4, 5],
  ]);
});

test('when many wait a second batch is written beside the first, and no third', async () => {
  const { batches, gates, many, arrived } = held();
  const all = [many(1)];
  await arrived();
  all.push(many(3));
  all.push(many(20));
  await vi.waitFor(() => expect(gates).toHaveLength(2));
  all.push(many(50));
  await new Promise(setImmediate);
  expect(batches.map((batch) => batch.length)).toEqual([1, 23]);
  for (const gate of gates.splice(0)) gate();
  await arrived();
  for (const gate of gates.splice(0)) gate();
  await Promise.all(all);
  expect(batches.map((batch) => batch.length)).toEqual([1, 23, 50]);
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
