import type { Condition } from '@halyard/contracts/conditions';
import type { Comparison, FactKind, Operator } from './known-facts';
import { operatorsOf } from './known-facts';

type Value = string | number | boolean | null | readonly (string | number | boolean)[];

/** The same fact compared in another way; what was entered is kept as far as it fits. */
export function withOperator(comparison: Comparison, op: Operator, kind: FactKind): Comparison {
  const { field } = comparison;
  const value: Value = 'value' in comparison ? comparison.value : null;
  switch (op) {
    case 'exists':
    case 'missing':
      return { field, op };
    case 'in':
    case 'not_in':
      return { field, op, value: Array.isArray(value) ? [...value] : [scalarOf(value)] };
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return { field, op, value: Number(value) || 0 };
    case 'contains':
    case 'starts_with':
      return { field, op, value: String(scalarOf(value)) };
    case 'before':
    case 'after':
      return { field, op, value: isInstant(value) ? value : nextMidnight() };
    case 'within_last':
    case 'within_next':
      return { field, op, value: typeof value === 'string' && value.startsWith('P') ? value : 'P7D' };
    case 'eq':
    case 'neq':
      return { field, op, value: typed(scalarOf(value), kind) };
  }
}

/** The comparison with a fact of another kind, by the first way in which that can be compared. */
export function withFact(comparison: Comparison, field: string, kind: FactKind): Comparison {
  const operators = operatorsOf(kind);
  const op = operators.includes(comparison.op) ? comparison.op : (operators[0] ?? 'exists');
  return withOperator({ ...comparison, field }, op, kind);
}

/** A value in the type that facts of the kind have. */
function typed(value: string | number | boolean, kind: FactKind): string | number | boolean {
  if (kind === 'number') return Number(value) || 0;
  if (kind === 'yesNo') return value !== false && value !== 'false';
  return typeof value === 'string' ? value : '';
}

const scalarOf = (value: Value): string | number | boolean => {
  const one = Array.isArray(value) ? value[0] : value;
  return typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean' ? one : '';
};

const isInstant = (value: Value): value is string => typeof value === 'string' && /^\d{4}-/.test(value);

function nextMidnight(): string {
  const at = new Date();
  at.setUTCHours(24, 0, 0, 0);
  return at.toISOString();
}

/** Conditions side by side, all or any of which must hold. */
export interface Group {
  join: 'all' | 'any';
  parts: readonly Condition[];
}

/** A single comparison is a group of one. */
export function groupOf(condition: Condition | undefined): Group {
  if (condition === undefined) return { join: 'all', parts: [] };
  if ('all' in condition) return { join: 'all', parts: condition.all };
  if ('any' in condition) return { join: 'any', parts: condition.any };
  return { join: 'all', parts: [condition] };
}

/** A group of one is written as that one, an empty one as no condition at all. */
export function conditionOf(group: Group): Condition | undefined {
  return group.parts.length > 1 ? joined(group) : group.parts[0];
}

export const joined = ({ join, parts }: Group): Condition =>
  join === 'all' ? { all: [...parts] } : { any: [...parts] };
