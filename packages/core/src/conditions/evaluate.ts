import type { Comparison, Condition } from '@halyard/contracts/conditions';
import { addDuration } from '../time/arithmetic.js';
import { factAt, toInstant } from './facts.js';

export type Facts = Readonly<Record<string, unknown>>;

/** A comparison with the fact that it met. */
export interface Finding {
  comparison: Comparison;
  fact: unknown;
  holds: boolean;
}

export interface Explanation {
  holds: boolean;
  /** The comparisons that decided: whatever the facts of all others were, the outcome would be the same. */
  because: Finding[];
}

/** Whether the condition holds for these facts. What each operator means is written in contracts/conditions. */
export function evaluate(condition: Condition, facts: Facts, now: Date): boolean {
  if ('all' in condition) return condition.all.every((part) => evaluate(part, facts, now));
  if ('any' in condition) return condition.any.some((part) => evaluate(part, facts, now));
  if ('not' in condition) return !evaluate(condition.not, facts, now);
  return compare(condition, factAt(facts, condition.field), now);
}

/**
 * Whether the condition holds, as far as the trees of facts that are given tell; null where it depends on others. What it
 * says for some facts, `evaluate` says for these and any more.
 */
export function evaluateKnown(condition: Condition, known: Facts, now: Date): boolean | null {
  if ('all' in condition) return settled(condition.all, known, now, false);
  if ('any' in condition) return settled(condition.any, known, now, true);
  if ('not' in condition) {
    const holds = evaluateKnown(condition.not, known, now);
    return holds === null ? null : !holds;
  }
  const [tree = ''] = condition.field.split('.', 1);
  return Object.hasOwn(known, tree) ? compare(condition, factAt(known, condition.field), now) : null;
}

/** `decisive`: the outcome of one part that settles the whole. */
function settled(parts: Condition[], known: Facts, now: Date, decisive: boolean): boolean | null {
  const outcomes = parts.map((part) => evaluateKnown(part, known, now));
  if (outcomes.includes(decisive)) return decisive;
  return outcomes.includes(null) ? null : !decisive;
}

/**
 * Like `evaluate`, and which comparisons decided. Where one of several parts is enough (the first false of `all`, the
 * first true of `any`) only that one is named.
 */
export function explain(condition: Condition, facts: Facts, now: Date): Explanation {
  if ('all' in condition) return explainParts(condition.all, facts, now, false);
  if ('any' in condition) return explainParts(condition.any, facts, now, true);
  if ('not' in condition) {
    const { holds, because } = explain(condition.not, facts, now);
    return { holds: !holds, because };
  }
  const fact = factAt(facts, condition.field);
  const holds = compare(condition, fact, now);
  return { holds, because: [{ comparison: condition, fact, holds }] };
}

/** `decisive`: the outcome of one part that settles the whole. */
function explainParts(parts: Condition[], facts: Facts, now: Date, decisive: boolean): Explanation {
  const seen: Finding[] = [];
  for (const part of parts) {
    const outcome = explain(part, facts, now);
    if (outcome.holds === decisive) return outcome;
    seen.push(...outcome.because);
  }
  return { holds: !decisive, because: seen };
}

function compare(comparison: Comparison, fact: unknown, now: Date): boolean {
  switch (comparison.op) {
    case 'eq':
      return fact === comparison.value;
    case 'neq':
      return fact !== comparison.value;
    case 'gt':
      return typeof fact === 'number' && fact > comparison.value;
    case 'gte':
      return typeof fact === 'number' && fact >= comparison.value;
    case 'lt':
      return typeof fact === 'number' && fact < comparison.value;
    case 'lte':
      return typeof fact === 'number' && fact <= comparison.value;
    case 'in':
      return (comparison.value as unknown[]).includes(fact);
    case 'not_in':
      return !(comparison.value as unknown[]).includes(fact);
    case 'contains':
      return containsText(fact, comparison.value);
    case 'starts_with':
      return typeof fact === 'string' && fold(fact).startsWith(fold(comparison.value));
    case 'exists':
      return fact !== null;
    case 'missing':
      return fact === null;
    case 'before':
    case 'after':
    case 'within_last':
    case 'within_next':
      return compareInstant(comparison, toInstant(fact), now);
  }
}

type InstantComparison = Extract<Comparison, { op: 'before' | 'after' | 'within_last' | 'within_next' }>;

/** Durations of conditions count in UTC: a day is 24 hours. */
function compareInstant({ op, value }: InstantComparison, fact: Date | null, now: Date): boolean {
  if (!fact) return false;
  switch (op) {
    case 'before':
      return fact < new Date(value);
    case 'after':
      return fact > new Date(value);
    case 'within_last':
      return fact <= now && fact > addDuration(now, `-${value}`, 'UTC');
    case 'within_next':
      return fact >= now && fact < addDuration(now, value, 'UTC');
  }
}

/** A text that has this part, or a list that has this text as an item. */
function containsText(fact: unknown, value: string): boolean {
  if (typeof fact === 'string') return fold(fact).includes(fold(value));
  return Array.isArray(fact) && fact.some((item) => typeof item === 'string' && fold(item) === fold(value));
}

const fold = (text: string): string => text.toLowerCase();
