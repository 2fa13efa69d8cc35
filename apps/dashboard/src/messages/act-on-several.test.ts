import type { Problem } from '@halyard/client/client';
import { expect, test } from 'vitest';
import { Refused } from '../data/problem';
import { each } from './act-on-several';
import { actOn } from './possible-acts';

const refused = () => new Refused({ title: 'It was sent already.' } as Problem);

test('what is refused does not keep the others', async () => {
  const acted: number[] = [];
  const result = await each([1, 2, 3], async (n) => {
    if (n === 2) throw refused();
    acted.push(n);
  });
  expect(result).toEqual({ done: 2, refused: 1 });
  expect(acted).toEqual([1, 3]);
});

test('when the server cannot be reached, it does not go on', async () => {
  const acted: number[] = [];
  const act = async (n: number) => {
    acted.push(n);
    throw new Error('no answer');
  };
  await expect(each([1, 2], act)).rejects.toThrow('no answer');
  expect(acted).toEqual([1]);
});

test('what is planned can be called off, what did not go out can be sent again, and nothing else', () => {
  const statuses = ['scheduled', 'sending', 'delivered', 'dead', 'unknown', 'skipped'] as const;
  expect(statuses.map(actOn)).toEqual(['cancel', null, null, 'retry', 'retry', null]);
});
