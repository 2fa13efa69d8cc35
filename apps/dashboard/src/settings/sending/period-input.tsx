'use client';
import { useTranslations } from 'next-intl';
import { small } from './lines';
import type { Unit } from './period';
import { partsOf, periodOf, units } from './period';

interface Props {
  label: string;
  /** ISO 8601. */
  value: string;
  onChange: (period: string) => void;
}

/** A period as a number and its unit; one of several units is shown as it is written. */
export function PeriodInput({ label, value, onChange }: Props) {
  const t = useTranslations('settings.sending');
  const parts = partsOf(value);
  if (!parts)
    return (
      <label className="flex items-center gap-2">
        {label}
        <input className={`${small} w-28`} value={value} onChange={({ target }) => onChange(target.value)} />
      </label>
    );
  return (
    <span className="flex flex-wrap items-center gap-2">
      <label className="flex items-center gap-2">
        {label}
        <input
          type="number"
          min={1}
          className={`${small} w-20`}
          value={parts.amount || ''}
          onChange={({ target }) => onChange(periodOf({ ...parts, amount: Number(target.value) }))}
        />
      </label>
      <select
        aria-label={t('unitOf')}
        className={small}
        value={parts.unit}
        onChange={({ target }) => onChange(periodOf({ ...parts, unit: target.value as Unit }))}
      >
        {units.map((unit) => (
          <option key={unit} value={unit}>
            {t(`${parts.amount === 1 ? 'unit' : 'units'}.${unit}`)}
          </option>
        ))}
      </select>
    </span>
  );
}
