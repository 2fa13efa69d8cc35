'use client';
import { useTranslations } from 'next-intl';
import { CompactInput, CompactSelect } from '../components/compact-controls';
import { useTimes } from '../i18n/times';
import { instantOf, localOf } from '../i18n/zoned';
import { DurationField } from './duration-field';
import type { Comparison, KnownFact } from './known-facts';

interface Props {
  comparison: Comparison;
  /** The values that the fact can have, where they are known. */
  values: KnownFact['values'];
  onChange: (comparison: Comparison) => void;
}

/** What a fact is compared with. */
export function ValueField({ comparison, values, onChange }: Props) {
  const t = useTranslations('conditions');
  const { zone } = useTimes();
  const label = t('value');
  switch (comparison.op) {
    case 'exists':
    case 'missing':
      return null;
    case 'within_last':
    case 'within_next':
      return (
        <DurationField
          label={label}
          value={comparison.value}
          onChange={(value) => onChange({ ...comparison, value })}
        />
      );
    case 'before':
    case 'after':
      return (
        <CompactInput
          type="datetime-local"
          label={`${label} (${zone})`}
          title={zone}
          value={localOf(comparison.value, zone)}
          onChange={({ target }) => {
            const at = instantOf(target.value, zone);
            if (at) onChange({ ...comparison, value: at });
          }}
        />
      );
    case 'in':
    case 'not_in':
      return <ListField label={label} comparison={comparison} onChange={onChange} />;
    case 'contains':
    case 'starts_with':
      return (
        <CompactInput
          label={label}
          value={comparison.value}
          className="w-40 flex-1"
          aria-invalid={comparison.value === '' || undefined}
          onChange={({ target }) => onChange({ ...comparison, value: target.value })}
        />
      );
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return (
        <CompactInput
          label={label}
          type="number"
          step="any"
          value={comparison.value}
          className="w-28"
          onChange={({ target }) => onChange({ ...comparison, value: Number(target.value) })}
        />
      );
    case 'eq':
    case 'neq':
      return <EqualField label={label} comparison={comparison} values={values} onChange={onChange} />;
  }
}

interface EqualProps extends Omit<Props, 'comparison'> {
  label: string;
  comparison: Extract<Comparison, { op: 'eq' | 'neq' }>;
}

function EqualField({ label, comparison, values, onChange }: EqualProps) {
  const t = useTranslations('conditions');
  const { value, field } = comparison;
  if (typeof value === 'boolean')
    return (
      <CompactSelect
        label={label}
        value={String(value)}
        options={[
          ['true', t('yes')],
          ['false', t('no')],
        ]}
        onChoose={(next) => onChange({ ...comparison, value: next === 'true' })}
      />
    );
  if (values)
    return (
      <CompactSelect
        label={label}
        value={String(value ?? '')}
        options={values.map((one) => [one, t(`values.${field}.${one}` as 'yes')] as const)}
        onChoose={(next) => onChange({ ...comparison, value: next })}
      />
    );
  const isNumber = typeof value === 'number';
  return (
    <CompactInput
      label={label}
      type={isNumber ? 'number' : 'text'}
      value={value ?? ''}
      className="w-40 flex-1"
      onChange={({ target }) =>
        onChange({ ...comparison, value: isNumber ? Number(target.value) : target.value })
      }
    />
  );
}

interface ListProps {
  label: string;
  comparison: Extract<Comparison, { op: 'in' | 'not_in' }>;
  onChange: (comparison: Comparison) => void;
}

/** Several values with commas between them; numbers stay numbers. */
function ListField({ label, comparison, onChange }: ListProps) {
  const t = useTranslations('conditions');
  const numeric = comparison.value.every((one) => typeof one === 'number');
  return (
    <CompactInput
      label={`${label} (${t('withCommas')})`}
      placeholder={t('withCommas')}
      value={comparison.value.join(', ')}
      className="w-48 flex-1"
      onChange={({ target }) => {
        const items = target.value.split(/,\s?/);
        const numbers = numeric && items.every((item) => item !== '' && String(Number(item)) === item);
        onChange({ ...comparison, value: numbers ? items.map(Number) : items });
      }}
    />
  );
}
