import { Comparison as Contract } from '@halyard/contracts/conditions';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conditionOf, groupOf, withFact, withOperator } from './comparisons';
import type { FactKind } from './known-facts';
import { kindOf, operatorsOf } from './known-facts';

describe('comparisons', () => {
  test('what was entered is kept when it fits the new operator', () => {
    const level = { field: 'contact.attributes.level', op: 'eq', value: 'gold' } as const;
    expect(withOperator(level, 'in', 'text')).toEqual({ ...level, op: 'in', value: ['gold'] });
    expect(withOperator(level, 'starts_with', 'text')).toEqual({ ...level, op: 'starts_with' });
    expect(withOperator(level, 'exists', 'text')).toEqual({ field: level.field, op: 'exists' });
  });

  test('a fact of another kind is compared as its kind can be', () => {
    const name = { field: 'contact.first_name', op: 'contains', value: 'a' } as const;
    const opened = withFact(name, 'steps.invite.opened', 'yesNo');
    expect(opened).toEqual({ field: 'steps.invite.opened', op: 'eq', value: true });
    expect(kindOf(opened)).toBe('yesNo');
  });

  test('a group of one is that one, and an empty one nothing', () => {
    const one = { field: 'contact.country', op: 'exists' } as const;
    expect(conditionOf(groupOf(one))).toEqual(one);
    expect(conditionOf({ join: 'any', parts: [] })).toBeUndefined();
    expect(conditionOf({ join: 'any', parts: [one, one] })).toEqual({ any: [one, one] });
  });

  test('Feature: condition builder, Property 1: every operator a kind offers gives a comparison the contract takes', () => {
    const kinds: FactKind[] = ['text', 'number', 'yesNo', 'moment'];
    const offered = kinds.flatMap((kind) => operatorsOf(kind).map((op) => ({ kind, op })));
    fc.assert(
      fc.property(
        fc.constantFrom(...offered),
        fc.constantFrom(...offered),
        fc.string({ minLength: 1 }),
        (first, second, text) => {
          const start = { field: 'contact.attributes.x', op: 'eq', value: text } as const;
          const once = withFact(
            withOperator(start, first.op, first.kind),
            'contact.attributes.y',
            first.kind,
          );
          const twice = withOperator(once, second.op, second.kind);
          const open = second.op === 'contains' || second.op === 'starts_with';
          // Text that is still to be entered is the one thing that may be missing.
          if (!(open && 'value' in twice && twice.value === ''))
            expect(Contract.safeParse(twice).error).toBeUndefined();
        },
      ),
      { numRuns: 300 },
    );
  });
});
