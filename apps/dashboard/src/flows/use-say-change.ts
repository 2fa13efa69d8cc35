'use client';
import { useTranslations } from 'next-intl';
import { isNegative, partsOf } from '../conditions/durations';
import { useSayDuration } from '../conditions/use-say-duration';
import type { FlowChange } from '../data/flows';

interface Said {
  where: string;
  before: string | null;
  after: string | null;
}

/** One difference in words: which field of what step, and its values. */
export function useSayChange(
  changes: readonly FlowChange[],
  names: Readonly<Record<string, string>>,
): (change: FlowChange) => Said {
  const t = useTranslations('flow.diff');
  const sayDuration = useSayDuration();
  const named = stepsWithNames(changes);

  const value = (given: unknown): string => {
    if (typeof given === 'boolean') return t(given ? 'yes' : 'no');
    if (given === null) return t('nothing');
    if (typeof given === 'object') {
      const name = Array.isArray(given)
        ? given.every((one) => typeof one === 'string') && given.join(', ')
        : null;
      return name || JSON.stringify(given);
    }
    const text = String(given);
    if (partsOf(text).length > 0)
      return isNegative(text) ? t('before', { length: sayDuration(text) }) : sayDuration(text);
    return text;
  };

  return ({ change, path, before, after }) => {
    const [head = '', id = '', ...fields] = path.split('.');
    const isStep = head === 'steps';
    const inner = isStep ? fields : [id, ...fields].filter(Boolean);
    const key = (isStep ? inner : [head, ...inner]).join('.');
    const known = `fields.${key}` as Parameters<typeof t>[0];
    const entire = `whole.${key}` as Parameters<typeof t>[0];
    const field = t.has(entire) ? t(entire as 'whole.goal') : t.has(known) ? t(known as 'fields.name') : key;
    const step = t('step', { name: names[id] ?? named.get(id) ?? id });
    const whole = isStep && inner.length === 0;
    const shown = !whole && change !== 'moved';
    return {
      where: isStep ? (whole ? step : t('fieldOf', { field, step })) : field,
      before: shown && before !== undefined ? value(before) : null,
      after: shown && after !== undefined ? value(after) : null,
    };
  };
}

/** Steps that were added or removed bring their names along. */
function stepsWithNames(changes: readonly FlowChange[]): Map<string, string> {
  return new Map(
    changes.flatMap(({ path, before, after }) => {
      const [head, id, ...more] = path.split('.');
      const step = (after ?? before) as { name?: unknown } | null | undefined;
      return head === 'steps' && id && more.length === 0 && typeof step?.name === 'string'
        ? [[id, step.name] as const]
        : [];
    }),
  );
}
