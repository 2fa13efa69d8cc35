'use client';
import { useTranslations } from 'next-intl';
import { CompactInput, CompactSelect } from '../components/compact-controls';
import type { Unit } from './durations';
import { durationOf, plainOf, units } from './durations';

interface Props {
  label: string;
  /** ISO 8601, without a sign. */
  value: string;
  onChange: (iso: string) => void;
}

/** A length of time: so many of a unit. What mixes units, such as P1DT2H, is edited as it is written. */
export function DurationField({ label, value, onChange }: Props) {
  const t = useTranslations('conditions');
  const plain = plainOf(value);
  if (!plain)
    return (
      <CompactInput
        label={label}
        value={value}
        className="w-28"
        onChange={({ target }) => onChange(target.value.toUpperCase())}
      />
    );
  const { amount, unit } = plain;
  return (
    <>
      <CompactInput
        label={label}
        type="number"
        min={0}
        max={999}
        value={amount}
        className="w-20"
        onChange={({ target }) => onChange(durationOf(Math.max(0, Math.trunc(Number(target.value))), unit))}
      />
      <CompactSelect
        label={t('unit')}
        value={unit}
        options={units.map((one) => [one, t(`unitNames.${one}`)] as const)}
        onChoose={(next) => onChange(durationOf(amount, next as Unit))}
      />
    </>
  );
}
