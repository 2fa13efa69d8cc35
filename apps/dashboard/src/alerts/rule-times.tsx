'use client';
import { useTranslations } from 'next-intl';
import { ChoiceField, Field } from '../components/field';
import type { RuleDraft } from './rule-draft';
import { hasWindow } from './use-rule-sentence';
import { useSpan } from './use-span';

const windows = [15, 30, 60, 180, 360, 720, 1440, 10080];
const lasting = [0, 5, 10, 15, 30, 60, 180, 720, 1440];
const repeats = [15, 30, 60, 240, 720, 1440, 10080];

interface Props {
  draft: RuleDraft;
  issues: Readonly<Record<string, string>>;
  onChange: (changes: Partial<RuleDraft>) => void;
}

/** Over what time it is counted, how long it must be so, when it is over, and how often people are reminded. */
export function RuleTimes({ draft, issues, onChange }: Props) {
  const t = useTranslations('alerts.rule');
  const spanOf = useSpan();
  const minutes = (
    name: 'window_minutes' | 'for_minutes' | 'resolve_minutes' | 'repeat_minutes',
    offered: readonly number[],
  ) => ({
    label: t(`times.${name}`),
    value: draft[name],
    error: issues[name] && t('wrong.number'),
    options: [...new Set([...offered, Number(draft[name])])]
      .sort((a, b) => a - b)
      .map((one) => [String(one), one === 0 ? t('atOnce') : spanOf(one)] as const),
    onChange: ({ target }: { target: { value: string } }) => onChange({ [name]: target.value }),
  });
  const number = (name: 'least_sample' | 'resolve_threshold') => ({
    label: t(`times.${name}`),
    type: 'number',
    min: 0,
    value: draft[name],
    onChange: ({ target }: { target: { value: string } }) => onChange({ [name]: target.value }),
  });
  return (
    <>
      {hasWindow(draft.metric) && <ChoiceField {...minutes('window_minutes', windows)} />}
      <ChoiceField {...minutes('for_minutes', lasting)} />
      <ChoiceField {...minutes('resolve_minutes', lasting)} />
      <ChoiceField {...minutes('repeat_minutes', repeats)} />
      <Field
        {...number('resolve_threshold')}
        step="any"
        hint={t('resolveHint')}
        error={issues.resolve_threshold && t('wrong.resolve_threshold')}
      />
      {draft.metric.endsWith('_rate') && (
        <Field
          {...number('least_sample')}
          hint={t('sampleHint')}
          error={issues.least_sample && t('wrong.number')}
        />
      )}
      <ChoiceField
        label={t('times.on_unknown')}
        value={draft.on_unknown}
        options={(['alert', 'keep'] as const).map((one) => [one, t(`unknown.${one}`)])}
        onChange={({ target }) => onChange({ on_unknown: target.value as RuleDraft['on_unknown'] })}
      />
    </>
  );
}
