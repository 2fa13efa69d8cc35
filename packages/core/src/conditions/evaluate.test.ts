import type { Condition } from '@halyard/contracts/conditions';
import { expect, test } from 'vitest';
import { evaluate, explain } from './evaluate.js';

const now = new Date('2026-05-01T09:00:00Z');
const facts = {
  contact: { first_name: 'Mia', attributes: { level: 3, tags: ['VIP', 'sailor'], vip: true, note: null } },
  subject: { starts_at: '2026-05-02T09:00:00+02:00', booked: '2026-04-30T10:00:00Z', day: '2026-05-02' },
};

const cases: [Condition, boolean][] = [
  [{ field: 'contact.first_name', op: 'eq', value: 'Mia' }, true],
  [{ field: 'contact.first_name', op: 'eq', value: 'mia' }, false],
  [{ field: 'contact.first_name', op: 'contains', value: 'IA' }, true],
  [{ field: 'contact.first_name', op: 'starts_with', value: 'mi' }, true],
  [{ field: 'contact.attributes.level', op: 'gte', value: 3 }, true],
  [{ field: 'contact.attributes.level', op: 'eq', value: '3' }, false],
  [{ field: 'contact.attributes.tags', op: 'contains', value: 'vip' }, true],
  [{ field: 'contact.attributes.tags', op: 'contains', value: 'sail' }, false],
  [{ field: 'contact.attributes.note', op: 'missing' }, true],
  [{ field: 'contact.attributes.constructor', op: 'exists' }, false],
  [{ field: 'subject.starts_at', op: 'after', value: '2026-05-02T06:59:59Z' }, true],
  [{ field: 'subject.starts_at', op: 'before', value: '2026-05-02T07:00:00Z' }, false],
  [{ field: 'subject.starts_at', op: 'within_next', value: 'P1D' }, true],
  [{ field: 'subject.starts_at', op: 'within_next', value: 'PT22H' }, false],
  [{ field: 'subject.booked', op: 'within_last', value: 'P1D' }, true],
  [{ field: 'subject.booked', op: 'within_last', value: 'PT23H' }, false],
  [{ field: 'subject.day', op: 'within_next', value: 'P9D' }, false],
  [{ all: [] }, true],
  [{ any: [] }, false],
];

test.each(cases)('%j is %s', (condition, expected) => {
  expect(evaluate(condition, facts, now)).toBe(expected);
});

test('an explanation names the comparison that decided and the fact it met', () => {
  const level = { field: 'contact.attributes.level', op: 'lt' as const, value: 3 };
  const name = { field: 'contact.first_name', op: 'eq' as const, value: 'Mia' };
  expect(explain({ all: [name, { not: { not: level } }, name] }, facts, now)).toEqual({
    holds: false,
    because: [{ comparison: level, fact: 3, holds: false }],
  });
});
