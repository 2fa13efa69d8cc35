'use client';
import { useTranslations } from 'next-intl';
import { CompactInput, CompactSelect } from '../components/compact-controls';

interface Props {
  value: string | undefined;
  onChange: (at: string | undefined) => void;
}

/** A local time of day that moments are moved to, or none. */
export function TimeOfDayField({ value, onChange }: Props) {
  const t = useTranslations('flow.timing');
  return (
    <>
      <CompactSelect
        label={t('timeOfDay')}
        value={value === undefined ? 'same' : 'at'}
        options={[
          ['same', t('sameTime')],
          ['at', t('atTime')],
        ]}
        onChoose={(next) => onChange(next === 'at' ? (value ?? '09:00') : undefined)}
      />
      {value !== undefined && (
        <CompactInput
          type="time"
          label={t('time')}
          value={value}
          onChange={({ target }) => {
            if (target.value) onChange(target.value);
          }}
        />
      )}
    </>
  );
}
