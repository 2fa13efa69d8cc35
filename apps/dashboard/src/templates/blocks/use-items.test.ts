import { expect, test } from 'vitest';
import { moved } from './use-items';

const items = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
const order = (id: string, to: number) =>
  moved(items, id, to)
    .map((item) => item.id)
    .join('');

test('one is moved up and down, and nowhere beyond the ends', () => {
  expect([order('c', 0), order('a', 1), order('b', 2)]).toEqual(['cab', 'bac', 'acb']);
  expect([order('a', -1), order('c', 3), order('x', 0)]).toEqual(['abc', 'abc', 'abc']);
});
