import type { Comparison, Condition } from '@halyard/contracts/conditions';
import type { Facts } from '../conditions/evaluate.js';
import { factAt, toInstant } from '../conditions/facts.js';
import { addDuration } from '../time/arithmetic.js';

/** One fact that might be otherwise. `size` orders changes: see `sizeOf`. */
export interface FactChange {
  field: string;
  from: unknown;
  to: unknown;
  size: number;
}

/** The comparisons of a condition, in the order they are written. */
export function comparisonsOf(condition: Condition): Comparison[] {
  if ('all' in condition) return condition.all.flatMap(comparisonsOf);
  if ('any' in condition) return condition.any.flatMap(comparisonsOf);
  if ('not' in condition) return comparisonsOf(condition.not);
  return [condition];
}

/**
 * Every change of one fact that could matter to a condition: for each comparison the values nearest to the fact that make
 * it hold and that make it fail. Smallest first; of the same size, in the order the condition names the facts.
 */
export function candidates(conditions: readonly Condition[], facts: Facts, now: Date): FactChange[] {
  const found = new Map<string, FactChange>();
  const comparisons = conditions.flatMap(comparisonsOf);
  const steps = new Map<string, number>();
  for (const comparison of comparisons) {
    const { field } = comparison;
    steps.set(field, Math.max(steps.get(field) ?? placesOf(factAt(facts, field)), placesIn(comparison)));
  }
  for (const comparison of comparisons) {
    const { field } = comparison;
    const from = factAt(facts, field);
    for (const to of [...edgesOf(comparison, from, now, steps.get(field) ?? 0), null]) {
      if (same(from, to)) continue;
      found.set(JSON.stringify([field, to]), { field, from, to, size: sizeOf(from, to) });
    }
  }
  return [...found.values()].sort((a, b) => a.size - b.size);
}

/** Values on both sides of where a comparison turns; numbers move by one in the last of these decimal places. */
function edgesOf(comparison: Comparison, fact: unknown, now: Date, places: number): unknown[] {
  switch (comparison.op) {
    case 'eq':
    case 'neq':
      return [comparison.value, otherThan([comparison.value], fact)];
    case 'in':
    case 'not_in':
      return [...comparison.value, otherThan(comparison.value, fact)];
    case 'gt':
    case 'lte':
      return [comparison.value, moved(comparison.value, 1, places)];
    case 'gte':
    case 'lt':
      return [comparison.value, moved(comparison.value, -1, places)];
    case 'contains':
      return withAndWithout(comparison.value, fact);
    case 'starts_with':
      return [typeof fact === 'string' ? comparison.value + fact : comparison.value];
    case 'exists':
    case 'missing':
      return [fact ?? anything];
    case 'before':
    case 'after':
      return around(new Date(comparison.value));
    case 'within_last':
      return [...around(addDuration(now, `-${comparison.value}`, 'UTC')), ...around(now)];
    case 'within_next':
      return [...around(now), ...around(addDuration(now, comparison.value, 'UTC'))];
  }
}

const moved = (value: number, by: 1 | -1, places: number): number =>
  Number((value + by * 10 ** -places).toFixed(places));

/** Numbers are as fine as the condition and the fact write them: euros, or cents where there are any. */
function placesOf(value: unknown): number {
  if (typeof value !== 'number') return 0;
  const [, digits = '', exponent = '0'] = /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  return Math.min(20, Math.max(0, digits.length - Number(exponent)));
}

const placesIn = (comparison: Comparison): number => ('value' in comparison ? placesOf(comparison.value) : 0);

/** Seconds are as fine as people write dates. */
const around = (at: Date): string[] =>
  [-1000, 0, 1000].map((milliseconds) => new Date(at.getTime() + milliseconds).toISOString());

/** Stands for any value at all. */
const anything = '*';

/** A value of the same kind that is none of these; for texts one that says so. */
function otherThan(values: readonly unknown[], fact: unknown): unknown {
  if (fact !== null && typeof fact !== 'object' && !values.includes(fact)) return fact;
  const [first] = values;
  if (typeof first === 'boolean') return values.includes(!first) ? null : !first;
  if (typeof first === 'number')
    return Math.max(...values.filter((value): value is number => typeof value === 'number')) + 1;
  return first === null ? anything : `≠ ${values.join(', ')}`;
}

function withAndWithout(value: string, fact: unknown): unknown[] {
  if (Array.isArray(fact)) {
    const others = fact.filter(
      (item) => typeof item !== 'string' || item.toLowerCase() !== value.toLowerCase(),
    );
    return [[...others, value], others];
  }
  return [typeof fact === 'string' ? `${fact} ${value}` : value, [value]];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * How large a change is, between 0 and 1: numbers by their distance, instants by their distance in days, a switch 0.4, a
 * text or list for another 0.5, something where nothing was 0.7, nothing where something was 0.9.
 */
function sizeOf(from: unknown, to: unknown): number {
  if (from === null) return 0.7;
  if (to === null) return 0.9;
  if (typeof from === 'number' && typeof to === 'number') return shrink(Math.abs(to - from));
  const [before, after] = [toInstant(from), toInstant(to)];
  if (before && after) return shrink(Math.abs(after.getTime() - before.getTime()) / 86_400_000);
  if (typeof from === 'boolean' && typeof to === 'boolean') return 0.4;
  return typeof from === typeof to ? 0.5 : 0.8;
}

/** 0 for no distance, towards 0.7 for a large one: a value that is there is nearer than one that is not. */
const shrink = (distance: number): number => (0.7 * distance) / (1 + distance);
