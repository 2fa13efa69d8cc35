'use client';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { CompactSelect, SignButton } from '../components/compact-controls';
import { withFact, withOperator } from './comparisons';
import { FactField } from './fact-field';
import type { Comparison, KnownFact, Operator } from './known-facts';
import { kindOf, operatorsOf } from './known-facts';
import { ValueField } from './value-field';

interface Props {
  comparison: Comparison;
  facts: readonly KnownFact[];
  steps: Readonly<Record<string, string>> | undefined;
  onChange: (comparison: Comparison) => void;
  onRemove: () => void;
}

/** One comparison, read from left to right as a sentence. */
export function ComparisonRow({ comparison, facts, steps, onChange, onRemove }: Props) {
  const t = useTranslations('conditions');
  const known = facts.find(({ path }) => path === comparison.field);
  const kind = known?.kind ?? kindOf(comparison);
  const offered = operatorsOf(kind);
  const operators = offered.includes(comparison.op) ? offered : [comparison.op, ...offered];
  return (
    <div className="flex flex-wrap items-center gap-2">
      <FactField
        path={comparison.field}
        kind={kind}
        facts={facts}
        steps={steps}
        onChange={(path, nextKind) => {
          const next = withFact(comparison, path, nextKind);
          const values = facts.find((fact) => fact.path === path)?.values;
          const fits = !values || !('value' in next) || values.includes(String(next.value));
          onChange(fits ? next : ({ ...next, value: values[0] } as Comparison));
        }}
      />
      <CompactSelect
        label={t('operator')}
        value={comparison.op}
        options={operators.map((op) => [op, t(`operators.${op}`)] as const)}
        onChoose={(op) => onChange(withOperator(comparison, op as Operator, kind))}
      />
      <ValueField comparison={comparison} values={known?.values} onChange={onChange} />
      <SignButton label={t('remove')} onClick={onRemove} className="ml-auto">
        <X aria-hidden="true" />
      </SignButton>
    </div>
  );
}
