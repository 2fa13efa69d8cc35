import type { Condition } from '@halyard/contracts/conditions';

export type Comparison = Extract<Condition, { field: string }>;
export type Operator = Comparison['op'];
/** What a fact holds, which says how it can be compared. */
export type FactKind = 'text' | 'number' | 'yesNo' | 'moment';

/** A fact that can be picked by its name; every other one is written as its path. */
export interface KnownFact {
  path: string;
  kind: FactKind;
  /** Where only some values can be: `conditions.values.<path>.<value>` are their names. */
  values?: readonly string[];
}

export const contactFacts: readonly KnownFact[] = [
  { path: 'contact.first_name', kind: 'text' },
  { path: 'contact.last_name', kind: 'text' },
  { path: 'contact.locale', kind: 'text' },
  { path: 'contact.country', kind: 'text' },
  { path: 'contact.time_zone', kind: 'text' },
];

export const bookingFacts: readonly KnownFact[] = [
  {
    path: 'subject.status',
    kind: 'text',
    values: ['confirmed', 'checked_in', 'completed', 'cancelled'],
  },
  { path: 'subject.starts_at', kind: 'moment' },
  { path: 'subject.ends_at', kind: 'moment' },
  { path: 'product.kind', kind: 'text' },
  { path: 'product.key', kind: 'text' },
  { path: 'product.name', kind: 'text' },
];

/** What a message of the same run met with. */
export const engagementFacts = (stepId: string): readonly KnownFact[] =>
  (['delivered', 'opened', 'clicked', 'replied'] as const).map((name) => ({
    path: `steps.${stepId}.${name}`,
    kind: 'yesNo',
  }));

const operators: Record<FactKind, readonly Operator[]> = {
  text: ['eq', 'neq', 'in', 'not_in', 'contains', 'starts_with', 'exists', 'missing'],
  number: ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'exists', 'missing'],
  yesNo: ['eq', 'neq', 'exists', 'missing'],
  moment: ['before', 'after', 'within_last', 'within_next', 'exists', 'missing'],
};

export const operatorsOf = (kind: FactKind): readonly Operator[] => operators[kind];

/** What a comparison takes its fact for, where nothing else says it. */
export function kindOf(comparison: Comparison): FactKind {
  switch (comparison.op) {
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return 'number';
    case 'before':
    case 'after':
    case 'within_last':
    case 'within_next':
      return 'moment';
    case 'eq':
    case 'neq':
      if (typeof comparison.value === 'boolean') return 'yesNo';
      return typeof comparison.value === 'number' ? 'number' : 'text';
    default:
      return 'text';
  }
}
