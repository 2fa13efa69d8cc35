'use client';
import type { Condition } from '@halyard/contracts/conditions';
import { useTranslations } from 'next-intl';
import { useTimes } from '../i18n/times';
import type { Comparison } from './known-facts';
import { useFactName } from './use-fact-name';
import { useSayDuration } from './use-say-duration';

/** A condition as a sentence reads it. */
export function useSayCondition(steps?: Readonly<Record<string, string>>): (condition: Condition) => string {
  const t = useTranslations('conditions');
  const factName = useFactName(steps);
  const sayDuration = useSayDuration();
  const times = useTimes();

  function one(comparison: Comparison): string {
    const fact = factName(comparison.field);
    const answer = comparison.op === 'eq' && comparison.field.startsWith('steps.') ? comparison.value : null;
    if (typeof answer === 'boolean') return answer ? fact : t('not', { what: fact });
    const op = t(`operators.${comparison.op}`);
    return 'value' in comparison && comparison.value !== null
      ? `${fact} ${op} ${shown(comparison)}`
      : 'value' in comparison
        ? `${fact} ${t(comparison.op === 'eq' ? 'operators.missing' : 'operators.exists')}`
        : `${fact} ${op}`;
  }

  function shown(comparison: Comparison): string {
    if (!('value' in comparison)) return '';
    const { op, field, value } = comparison;
    if (op === 'before' || op === 'after') return times.moment(value);
    if (op === 'within_last' || op === 'within_next') return sayDuration(value);
    const values = Array.isArray(value) ? value : [value];
    return values
      .map((item) => {
        if (typeof item === 'boolean') return t(item ? 'yes' : 'no');
        const named = `values.${field}.${item}` as Parameters<typeof t>[0];
        return t.has(named)
          ? t(named as 'yes')
          : typeof item === 'string'
            ? t('quoted', { text: item })
            : String(item);
      })
      .join(', ');
  }

  function say(condition: Condition, inner: boolean): string {
    if ('field' in condition) return one(condition);
    if ('not' in condition) return t('not', { what: say(condition.not, true) });
    const parts = 'all' in condition ? condition.all : condition.any;
    const joint = t('all' in condition ? 'and' : 'or');
    const text = parts.map((part) => say(part, true)).join(` ${joint} `);
    return inner && parts.length > 1 ? `(${text})` : text;
  }
  return (condition) => say(condition, false);
}
