import type { Condition } from '@halyard/contracts/conditions';
import { Condition as ConditionSchema } from '@halyard/contracts/conditions';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Facts } from './evaluate.js';
import { evaluate, evaluateKnown, explain } from './evaluate.js';
import { comparison, condition, facts, field, fields, now, scalar } from './testing/arbitraries.js';

const holds = (given: Condition, known: Facts): boolean => evaluate(given, known, now);
const runs = { numRuns: 500 };

test('Feature: conditions, Property 1: not all is any not, not any is all not, and not not is the same', () => {
  fc.assert(
    fc.property(fc.array(condition, { maxLength: 4 }), facts, (parts, known) => {
      const negated = parts.map((part) => ({ not: part }));
      expect(holds({ not: { all: parts } }, known)).toBe(holds({ any: negated }, known));
      expect(holds({ not: { any: parts } }, known)).toBe(holds({ all: negated }, known));
      expect(holds({ not: { not: { all: parts } } }, known)).toBe(holds({ all: parts }, known));
    }),
    runs,
  );
});

test('Feature: conditions, Property 2: order does not matter', () => {
  fc.assert(
    fc.property(fc.array(condition, { maxLength: 4 }), facts, (parts, known) => {
      expect(holds({ all: [...parts].reverse() }, known)).toBe(holds({ all: parts }, known));
      expect(holds({ any: [...parts].reverse() }, known)).toBe(holds({ any: parts }, known));
    }),
    runs,
  );
});

test('Feature: conditions, Property 3: a missing fact equals null, differs from every value, and has no order', () => {
  fc.assert(
    fc.property(comparison, (given) => {
      const expected =
        given.op === 'missing' ||
        given.op === 'not_in' ||
        (given.op === 'eq' && given.value === null) ||
        (given.op === 'neq' && given.value !== null);
      expect(holds(given, {})).toBe(expected);
    }),
    runs,
  );
});

test('Feature: conditions, Property 4: each operator and its opposite never agree', () => {
  fc.assert(
    fc.property(field, scalar, fc.array(scalar, { minLength: 1 }), facts, (name, value, values, known) => {
      expect(holds({ field: name, op: 'eq', value }, known)).toBe(
        !holds({ field: name, op: 'neq', value }, known),
      );
      expect(holds({ field: name, op: 'in', value: values }, known)).toBe(
        !holds({ field: name, op: 'not_in', value: values }, known),
      );
      expect(holds({ field: name, op: 'exists' }, known)).toBe(!holds({ field: name, op: 'missing' }, known));
      expect(holds({ field: name, op: 'in', value: values }, known)).toBe(
        holds({ any: values.map((each) => ({ field: name, op: 'eq' as const, value: each })) }, known),
      );
    }),
    runs,
  );
});

test('Feature: conditions, Property 5: an explanation agrees, and no fact that it leaves out could change the outcome', () => {
  fc.assert(
    fc.property(condition, facts, facts, (given, known, others) => {
      const { holds: outcome, because } = explain(given, known, now);
      expect(outcome).toBe(holds(given, known));
      const named = new Set(because.map(({ comparison: { field: name } }) => name));
      const mixed = (name: string): Facts => (named.has(name as never) ? known : others);
      const pick = (name: string): unknown =>
        name
          .split('.')
          .reduce<unknown>((tree, key) => (tree as Record<string, unknown> | undefined)?.[key], mixed(name));
      const changed = {
        contact: { first_name: pick(fields[0]), attributes: { level: pick(fields[1]) } },
        subject: { starts_at: pick(fields[2]) },
        event: { payload: { amount: pick(fields[3]) } },
      };
      expect(holds(given, changed)).toBe(outcome);
    }),
    runs,
  );
});

test('Feature: conditions, Property 6: what is made here is what the contract accepts', () => {
  fc.assert(
    fc.property(condition, (given) => {
      expect(ConditionSchema.parse(given)).toEqual(given);
    }),
  );
});

test('Feature: conditions, Property 7: what some of the facts settle, all of them do not change', () => {
  fc.assert(
    fc.property(condition, facts, fc.subarray(['contact', 'subject', 'event']), (given, all, trees) => {
      const known = Object.fromEntries(Object.entries(all).filter(([tree]) => trees.includes(tree)));
      const outcome = evaluateKnown(given, known, now);
      if (outcome !== null) expect(outcome).toBe(holds(given, all));
      expect(evaluateKnown(given, { contact: null, subject: null, event: null, ...all }, now)).toBe(
        holds(given, all),
      );
    }),
    runs,
  );
});
