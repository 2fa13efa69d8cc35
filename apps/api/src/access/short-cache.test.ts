import { expect, test, vi } from 'vitest';
import { ShortCache } from './short-cache.js';

test('those who ask at once share one look-up, and its answer is kept for a while', async () => {
  const cache = new ShortCache<string, number>(60_000);
  const load = vi.fn(async () => 1);
  expect(await Promise.all([cache.get('a', load), cache.get('a', load)])).toEqual([1, 1]);
  expect(await cache.get('a', load)).toBe(1);
  expect(load).toHaveBeenCalledTimes(1);
  cache.clear();
  await cache.get('a', load);
  expect(load).toHaveBeenCalledTimes(2);
});

test('an answer that is too old is looked up again', async () => {
  const cache = new ShortCache<string, number>(0);
  let n = 0;
  await cache.get('a', async () => ++n);
  expect(await cache.get('a', async () => ++n)).toBe(2);
});

test('a look-up that failed is not kept', async () => {
  const cache = new ShortCache<string, number>(60_000);
  await expect(cache.get('a', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
  expect(await cache.get('a', async () => 2)).toBe(2);
});

test('it stays within its capacity', async () => {
  const cache = new ShortCache<number, number>(60_000, 10);
  const load = vi.fn(async () => 0);
  for (let n = 0; n < 100; n++) await cache.get(n, load);
  await cache.get(0, load);
  expect(load).toHaveBeenCalledTimes(101);
});
