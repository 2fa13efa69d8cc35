'use client';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { useTranslations } from 'next-intl';
import { CheckedInput } from '../components/checked-input';
import { CompactSelect } from '../components/compact-controls';
import { useTimes } from '../i18n/times';

type Zone = FlowDefinition['zone'];

interface Props {
  value: Zone | undefined;
  /** What leaving it open means; without it, something has to be chosen. */
  usual?: string;
  onChange: (zone: Zone | undefined) => void;
}

const owners = ['contact', 'subject', 'organization'] as const;

/** Whose clock counts. */
export function ZoneField({ value, usual, onChange }: Props) {
  const t = useTranslations('flow.timing');
  const times = useTimes();
  const fixed = typeof value === 'object';
  return (
    <>
      <CompactSelect
        label={t('clock')}
        value={fixed ? 'fixed' : (value ?? '')}
        options={[
          ...(usual ? [['', usual] as const] : []),
          ...owners.map((owner) => [owner, t(`clocks.${owner}`)] as const),
          ['fixed', t('clocks.fixed')] as const,
        ]}
        onChoose={(next) =>
          onChange(next === 'fixed' ? { zone: times.zone } : next === '' ? undefined : (next as Zone))
        }
      />
      {fixed && (
        <CheckedInput
          label={t('clocks.fixed')}
          value={value.zone}
          pattern={/^[A-Z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/}
          onChange={(zone) => onChange({ zone })}
        />
      )}
    </>
  );
}
