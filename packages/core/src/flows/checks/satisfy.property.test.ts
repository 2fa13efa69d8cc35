import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparison, condition, facts, now } from '../../conditions/testing/arbitraries.js';
import type { Requirement } from './requirement.js';
import { areMet, factsOf, satisfy } from './satisfy.js';

const required = (of: typeof condition): fc.Arbitrary<Requirement[]> =>
  fc.array(fc.record({ condition: of, holds: fc.boolean(), path: fc.constant('') }), {
    minLength: 1,
    maxLength: 6,
  });
/** Many comparisons of one fact: where contradictions are. */
const ofOneFact = comparison.map((one) => ({ ...one, field: 'contact.attributes.level' }));
const anyOfThem = fc.oneof(required(condition), required(ofOneFact));

test('Feature: flow checks, Property 1: what is called impossible is met by no facts, and what is found meets it', () => {
  fc.assert(
    fc.property(anyOfThem, fc.array(facts, { minLength: 20, maxLength: 20 }), (requirements, tried) => {
      const answer = satisfy(requirements, now);
      if (answer === 'impossible')
        for (const one of tried) expect(areMet(requirements, one, now)).toBe(false);
      else if (answer !== 'unknown') expect(areMet(requirements, factsOf(answer.facts), now)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('Feature: flow checks, Property 2: of facts without dates there are no doubts', () => {
  const plain = ofOneFact.filter(({ op }) => !/^(before|after|within_)/.test(op));
  fc.assert(
    fc.property(required(plain), (requirements) => {
      expect(satisfy(requirements, now)).not.toBe('unknown');
    }),
    { numRuns: 1_000 },
  );
});

const level = 'contact.attributes.level';
const is = (op: string, value?: unknown, holds = true): Requirement =>
  ({
    condition: { field: level, op, ...(value !== undefined && { value }) },
    holds,
    path: '',
  }) as Requirement;

test.each<[string, Requirement[]]>([
  ['two values at once', [is('eq', 1), is('eq', 2)]],
  ['between a number and itself', [is('gt', 3), is('lt', 3)]],
  ['a value and none', [is('exists'), is('missing')]],
  ['a part that another rules out', [is('starts_with', 'Boot'), is('contains', 'oo', false)]],
  ['two beginnings', [is('starts_with', 'a'), is('starts_with', 'b')]],
  ['before and after', [is('before', '2026-01-01T00:00:00Z'), is('after', '2027-01-01T00:00:00Z')]],
  ['lately and soon', [is('within_last', 'P1D'), is('within_next', 'P1D'), is('within_last', 'PT1H', false)]],
  ['one of these and none of these', [is('in', ['a', 'b']), is('not_in', ['a', 'b', 'c'])]],
  ['a number that is a text', [is('gte', 3), is('starts_with', '3')]],
])('%s cannot be', (_, requirements) => {
  expect(satisfy(requirements, now)).toBe('impossible');
});

test.each<[string, Requirement[]]>([
  ['a number between two', [is('gt', 3), is('lt', 4)]],
  ['a list that has both', [is('contains', 'a'), is('contains', 'b'), is('eq', 'a b', false)]],
  [
    'a moment next year that is but a day ago then',
    [is('after', '2027-01-01T00:00:00Z'), is('within_last', 'P1D')],
  ],
])('%s is not called impossible', (_, requirements) => {
  expect(satisfy(requirements, now)).not.toBe('impossible');
});
