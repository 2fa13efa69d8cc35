import { z } from 'zod';
import { Period } from './primitives.js';

const Scalar = z.union([z.string(), z.number(), z.boolean()]);

/**
 * A fact's path: `contact.first_name`, `contact.attributes.level`, `subject.status`, `subject.attributes.boat`,
 * `event.type`, `event.payload.amount`, `steps.invite.opened` (engagement with a message of this run),
 * `organization.name`.
 */
export const Field = z
  .string()
  .regex(/^(contact|subject|event|product|steps|organization|lead|engagement)(\.[A-Za-z0-9_-]+)+$/, {
    error: 'Name a fact by its path, such as contact.attributes.level or subject.status.',
  });

/**
 * Comparison of one fact. A missing fact is `null`: it equals null, differs from every value, and no ordering holds.
 * `before`, `after`: instants. `within_last`, `within_next`: an instant less than the ISO duration from now.
 * Text comparison is case-sensitive but for `contains` and `starts_with`. On a list, `contains` asks for an item.
 */
export const Comparison = z.discriminatedUnion('op', [
  z.strictObject({ field: Field, op: z.enum(['eq', 'neq']), value: Scalar.nullable() }),
  z.strictObject({ field: Field, op: z.enum(['gt', 'gte', 'lt', 'lte']), value: z.number() }),
  z.strictObject({ field: Field, op: z.enum(['in', 'not_in']), value: z.array(Scalar).min(1).max(1000) }),
  z.strictObject({ field: Field, op: z.enum(['contains', 'starts_with']), value: z.string().min(1) }),
  z.strictObject({ field: Field, op: z.enum(['exists', 'missing']) }),
  z.strictObject({ field: Field, op: z.enum(['before', 'after']), value: z.iso.datetime({ offset: true }) }),
  z.strictObject({ field: Field, op: z.enum(['within_last', 'within_next']), value: Period }),
]);
export type Comparison = z.infer<typeof Comparison>;

export type Condition = Comparison | { all: Condition[] } | { any: Condition[] } | { not: Condition };

/** A predicate tree over facts. `all: []` is true, `any: []` is false. */
export const Condition: z.ZodType<Condition> = z
  .lazy(() =>
    z.union([
      z.strictObject({ all: z.array(Condition).max(50) }),
      z.strictObject({ any: z.array(Condition).max(50) }),
      z.strictObject({ not: Condition }),
      Comparison,
    ]),
  )
  .meta({ id: 'Condition' });
