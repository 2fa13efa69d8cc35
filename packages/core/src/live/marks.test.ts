import { expect, test } from 'vitest';
import type { Marks, Recorded } from './marks.js';
import { topicsBetween } from './marks.js';

const marks = (given: Partial<Marks> = {}): Marks => ({ audited: [], events: [], prints: {}, ...given });
const between = (before: Partial<Marks>, after: Partial<Marks>) =>
  [...topicsBetween(marks(before), marks(after))].sort();

test('nothing changed, nothing is told', () => {
  const same = { audited: [['1', 'product']], events: [['a', 'message']], prints: { flows: 'x' } } as const;
  expect(between(same, same)).toEqual([]);
});

test('what was done is told by what it was done to; settings are the organization’s', () => {
  const before = { audited: [['1', 'flow']] } as const;
  const after: Recorded = [
    ['4', 'suppression'],
    ['3', 'user'],
    ['2', 'product'],
    ['1', 'flow'],
  ];
  expect(between(before, { audited: after })).toEqual(['contacts', 'organization', 'products']);
});

test('events are told as such and by what they are about, also when they come late and stand among older ones', () => {
  const before = { events: [['c', 'user']] } as const;
  expect(
    between(before, {
      events: [
        ['c', 'user'],
        ['b', 'booking'],
      ],
    }),
  ).toEqual(['bookings', 'events']);
});

test('a print that differs is its topic', () => {
  const prints = { flows: 'x', imports: 'y' };
  expect(between({ prints }, { prints: { ...prints, imports: 'z' } })).toEqual(['imports']);
});

test('when more happened than the marks hold, anything may have', () => {
  const told = between(
    { events: [['a', 'user']] },
    {
      events: [
        ['c', 'user'],
        ['b', 'user'],
      ],
    },
  );
  expect(told).toEqual(['academy', 'bookings', 'campaigns', 'contacts', 'events', 'flows', 'messages']);
});

test('the very first that happens is no flood', () => {
  expect(between({}, { events: [['a', 'booking']] })).toEqual(['bookings', 'events']);
});
