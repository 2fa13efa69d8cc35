import type { Condition } from '@halyard/contracts/conditions';
import { expect, test } from 'vitest';
import type { Facts } from '../conditions/evaluate.js';
import { evaluate } from '../conditions/evaluate.js';
import { smallestChange } from './smallest-change.js';
import { withFact } from './with-fact.js';

const now = new Date('2026-05-01T09:00:00Z');

function change(condition: Condition, facts: Facts) {
  const before = evaluate(condition, facts, now);
  const found = smallestChange(
    [condition],
    facts,
    now,
    (changed) => evaluate(condition, changed, now) !== before,
  );
  return found?.changes.map(({ field, to }) => [field, to]) ?? null;
}

const level = 'contact.attributes.level';
const contact = (attributes: object, more: object = {}): Facts => ({ contact: { attributes, ...more } });

test.each<[string, Condition, Facts, unknown]>([
  ['a number moves to the border', { field: level, op: 'gte', value: 3 }, contact({ level: 1 }), 3],
  [
    'and over it where the border does not count',
    { field: level, op: 'gt', value: 3 },
    contact({ level: 1 }),
    4,
  ],
  [
    'by cents where there are cents',
    { field: level, op: 'gt', value: 100 },
    contact({ level: 99.95 }),
    100.01,
  ],
  ['and back by them', { field: level, op: 'gte', value: 0.5 }, contact({ level: 1 }), 0.4],
  ['and back again', { field: level, op: 'gt', value: 3 }, contact({ level: 9 }), 3],
  ['a number that is missing', { field: level, op: 'lt', value: 3 }, contact({}), 2],
  ['a text', { field: level, op: 'eq', value: 'gold' }, contact({ level: 'silver' }), 'gold'],
  [
    'one of several',
    { field: level, op: 'in', value: ['gold', 'platinum'] },
    contact({ level: 'x' }),
    'gold',
  ],
  ['a part of a text', { field: level, op: 'contains', value: 'Sail' }, contact({ level: 'I' }), 'I Sail'],
  ['an item of a list', { field: level, op: 'contains', value: 'b' }, contact({ level: ['a'] }), ['a', 'b']],
  [
    'an item taken out of it',
    { field: level, op: 'contains', value: 'a' },
    contact({ level: ['A', 'c'] }),
    ['c'],
  ],
  ['a switch', { field: level, op: 'eq', value: true }, contact({ level: false }), true],
  ['something where nothing was', { field: level, op: 'exists' }, contact({}), '*'],
  ['nothing where something was', { field: level, op: 'missing' }, contact({ level: 7 }), null],
  [
    'a date that moves as little as it can',
    { field: level, op: 'before', value: '2026-06-01T00:00:00Z' },
    contact({ level: '2026-06-03T00:00:00Z' }),
    '2026-05-31T23:59:59.000Z',
  ],
  [
    'a date that lies too far back',
    { field: level, op: 'within_last', value: 'P7D' },
    contact({ level: '2026-04-01T00:00:00Z' }),
    '2026-04-24T09:00:01.000Z',
  ],
])('%s', (_, condition, facts, to) => {
  expect(change(condition, facts)).toEqual([[level, to]]);
});

test('the nearest of two ways out is taken', () => {
  const condition: Condition = {
    any: [
      { field: level, op: 'gte', value: 10 },
      { field: 'contact.attributes.age', op: 'gte', value: 18 },
    ],
  };
  expect(change(condition, contact({ level: 1, age: 17 }))).toEqual([['contact.attributes.age', 18]]);
});

test('two facts are changed only where one does not do', () => {
  const both: Condition = {
    all: [
      { field: level, op: 'gte', value: 3 },
      { field: 'contact.locale', op: 'eq', value: 'de' },
    ],
  };
  const facts = contact({ level: 2 }, { locale: 'en' });
  expect(change(both, facts)).toEqual([
    [level, 3],
    ['contact.locale', 'de'],
  ]);
  expect(change({ not: { not: both } }, withFact(facts, level, 5))).toEqual([['contact.locale', 'de']]);
});

test('a condition of thousands of comparisons is not searched for ever', () => {
  const parts = Array.from(
    { length: 20_000 },
    (_, n): Condition => ({ field: `contact.f${n}`, op: 'eq', value: n }),
  );
  const started = performance.now();
  expect(change({ all: parts }, { contact: {} })).toBeNull();
  expect(performance.now() - started).toBeLessThan(5_000);
});

test('what three facts decide, or none, is not flipped by two', () => {
  const part = (name: string): Condition => ({ field: `contact.${name}`, op: 'exists' });
  expect(change({ all: [part('a'), part('b'), part('c')] }, { contact: {} })).toBeNull();
  expect(change({ any: [] }, { contact: {} })).toBeNull();
});
