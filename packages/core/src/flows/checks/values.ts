import type { Comparison } from '@halyard/contracts/conditions';
import { evaluate } from '../../conditions/evaluate.js';
import { toInstant } from '../../conditions/facts.js';
import { addDuration } from '../../time/arithmetic.js';
import type { Effort } from './effort.js';
import type { Literal } from './requirement.js';

/** A value that meets all comparisons of one fact; else whether it is certain that there is none. */
export type FieldAnswer = { value: unknown } | 'impossible' | 'unknown';

/**
 * Looks for a value of a fact. Every kind of value falls into few classes that comparisons cannot tell apart: nothing,
 * true, false, each number that is named and what lies between two, each text that is named and any other, lists by
 * what is in them, instants by what lies around them. One value of each is tried, so that `impossible` is a proof; where
 * it would not be, or the effort is spent, the answer is `unknown`.
 */
export function valueFor(literals: readonly Literal[], now: Date, effort: Effort): FieldAnswer {
  const each = literals.reduce((sum, { comparison }) => sum + namedIn(comparison).length + 1, 0);
  const instants = instantValues(literals, now);
  for (const values of [plainValues(literals), instants])
    for (const value of values) {
      effort.steps -= each;
      if (effort.steps < 0) return 'unknown';
      if (meets(value, literals, now)) return { value };
    }
  return isProven(literals, instants, now) ? 'impossible' : 'unknown';
}

const meets = (value: unknown, literals: readonly Literal[], now: Date): boolean =>
  literals.every(
    ({ comparison, holds }) =>
      evaluate({ ...comparison, field: 'one.fact' }, { one: { fact: value } }, now) === holds,
  );

function* plainValues(literals: readonly Literal[]): Generator<unknown> {
  const named = literals.flatMap(({ comparison }) => namedIn(comparison));
  yield null;
  yield* named;
  yield* [true, false];
  yield* numbersAround(named.filter((value) => typeof value === 'number'));
  yield textOf(literals, named);
  yield literals.flatMap(({ comparison, holds }) =>
    comparison.op === 'contains' && holds ? comparison.value : [],
  );
}

function namedIn(comparison: Comparison): unknown[] {
  switch (comparison.op) {
    case 'in':
    case 'not_in':
      return comparison.value;
    case 'exists':
    case 'missing':
    case 'within_last':
    case 'within_next':
      return [];
    default:
      return [comparison.value];
  }
}

/** Beyond all of these numbers, and between each two. */
function numbersAround(numbers: readonly number[]): number[] {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  const [first = 0] = sorted;
  const last = sorted.at(-1) ?? 0;
  const between = sorted.slice(1).flatMap((number, n) => {
    const before = sorted[n] ?? number;
    return [before + 1, before + (number - before) / 2].filter((one) => one > before && one < number);
  });
  return [...between, last + 1, last + Math.abs(last), first - 1, first - Math.abs(first)];
}

/** A text with every part that is asked for, held apart by a character that no comparison names. */
function textOf(literals: readonly Literal[], named: readonly unknown[]): string {
  const apart = [' ', '|', '~', '#', '=', '+', '%', '\u2028'].find(
    (one) => !named.some((text) => String(text).includes(one)),
  );
  const asked = (op: 'starts_with' | 'contains') =>
    literals.flatMap(({ comparison, holds }) => (comparison.op === op && holds ? comparison.value : []));
  const [beginning = ''] = asked('starts_with').sort((a, b) => b.length - a.length);
  return [beginning, ...asked('contains'), ''].join(apart ?? '\u2029');
}

type Instants = Extract<Comparison, { op: 'before' | 'after' | 'within_last' | 'within_next' }>;
const isOfInstants = ({ comparison }: Literal): boolean =>
  ['before', 'after', 'within_last', 'within_next'].includes(comparison.op);

/** Around every moment at which a comparison turns: on it, a second and a millisecond beside it, half way to the next. */
function instantValues(literals: readonly Literal[], now: Date): string[] {
  const turns = literals
    .filter(isOfInstants)
    .flatMap(({ comparison }) => turnsOf(comparison as Instants, now));
  const sorted = [...new Set(turns)].sort((a, b) => a - b);
  const between = sorted.slice(1).map((turn, n) => Math.round((turn + (sorted[n] ?? turn)) / 2));
  const beside = sorted.flatMap((turn) =>
    [86_400_000, -86_400_000, 1_000, -1_000, 1, -1, 0].map((by) => turn + by),
  );
  const all = [...between.map((ms) => Math.floor(ms / 1_000) * 1_000), ...beside, ...between];
  return all.flatMap((ms) => (Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : []));
}

function turnsOf(comparison: Instants, now: Date): number[] {
  switch (comparison.op) {
    case 'before':
    case 'after':
      return [Date.parse(comparison.value)];
    case 'within_last':
      return [addDuration(now, `-${comparison.value}`, 'UTC').getTime(), now.getTime()];
    case 'within_next':
      return [now.getTime(), addDuration(now, comparison.value, 'UTC').getTime()];
  }
}

/** Whether finding no value means that there is none. Only instants leave doubts. */
function isProven(literals: readonly Literal[], instants: readonly string[], now: Date): boolean {
  const dated = literals.filter(isOfInstants);
  const relative = dated.filter(({ comparison }) => comparison.op.startsWith('within'));
  // What counts from now is the same at any other moment only when nothing else of time is named.
  const moves = relative.length < dated.length || relative.some(countsMonths) || namesInstants(literals);
  if (relative.length > 0 && moves) return false;
  // No instant is asked for: then any other text serves as well as one, and those were tried.
  if (!dated.some(({ holds }) => holds)) return true;
  const others = literals.filter((literal) => !isOfInstants(literal) && literal.holds);
  if (others.some(({ comparison }) => exact.includes(comparison.op))) return true;
  return !instants.some((value) => meets(value, dated, now));
}

/** What holds of these only for values that were all tried. */
const exact = ['eq', 'in', 'gt', 'gte', 'lt', 'lte', 'missing'];

/** They are longer in one month than in another, so that what holds now may not hold then. */
const countsMonths = ({ comparison }: Literal): boolean =>
  'value' in comparison && /^P[^T]*[YM]/.test(String(comparison.value));

const namesInstants = (literals: readonly Literal[]): boolean =>
  literals.some(
    (literal) => !isOfInstants(literal) && namedIn(literal.comparison).some((value) => toInstant(value)),
  );
