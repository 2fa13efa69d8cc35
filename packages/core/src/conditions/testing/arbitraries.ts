import type { Comparison, Condition } from '@halyard/contracts/conditions';
import * as fc from 'fast-check';
import type { Facts } from '../evaluate.js';

/** The moment at which these conditions are looked at. */
export const now = new Date('2026-05-01T09:00:00Z');
/** The facts that these conditions look at. */
export const fields = [
  'contact.first_name',
  'contact.attributes.level',
  'subject.starts_at',
  'event.payload.amount',
] as const;
export const field = fc.constantFrom(...fields);
const iso = fc
  .integer({ min: -60, max: 60 })
  .map((hours) => new Date(now.getTime() + hours * 3_600_000).toISOString());
export const scalar = fc.oneof(
  fc.constantFrom('a', 'ab', 'B', ''),
  fc.integer({ min: -3, max: 3 }),
  fc.boolean(),
  iso,
);

export const comparison: fc.Arbitrary<Comparison> = fc.oneof(
  fc.record({ field, op: fc.constantFrom('eq' as const, 'neq' as const), value: fc.option(scalar) }),
  fc.record({
    field,
    op: fc.constantFrom('gt' as const, 'gte' as const, 'lt' as const, 'lte' as const),
    value: fc.integer({ min: -3, max: 3 }),
  }),
  fc.record({
    field,
    op: fc.constantFrom('in' as const, 'not_in' as const),
    value: fc.array(scalar, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    field,
    op: fc.constantFrom('contains' as const, 'starts_with' as const),
    value: fc.constantFrom('a', 'B', 'ab'),
  }),
  fc.record({ field, op: fc.constantFrom('exists' as const, 'missing' as const) }),
  fc.record({ field, op: fc.constantFrom('before' as const, 'after' as const), value: iso }),
  fc.record({
    field,
    op: fc.constantFrom('within_last' as const, 'within_next' as const),
    value: fc.constantFrom('PT12H', 'P1D'),
  }),
);

export const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4 },
    comparison,
    fc.record({ all: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ not: tie('condition') }),
  ),
}));

const fact = fc.option(scalar, { nil: undefined });
export const facts: fc.Arbitrary<Facts> = fc
  .tuple(fact, fact, fact, fact)
  .map(([name, level, starts, amount]) => ({
    contact: { first_name: name, ...(level !== undefined && { attributes: { level } }) },
    ...(starts !== undefined && { subject: { starts_at: starts } }),
    event: { payload: { amount } },
  }));
