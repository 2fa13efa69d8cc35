'use client';
import { useTranslations } from 'next-intl';
import { CompactSelect } from '../components/compact-controls';
import { DurationField } from '../conditions/duration-field';
import { isNegative } from '../conditions/durations';
import { AnchorField } from './anchor-field';

interface Props {
  anchor: string;
  offset: string | undefined;
  onChange: (next: { anchor: string; offset: string }) => void;
}

/** So long before or after a date. */
export function OffsetFromDate({ anchor, offset = 'P0D', onChange }: Props) {
  const t = useTranslations('flow.timing');
  const before = isNegative(offset);
  const length = offset.replace(/^[+-]/, '');
  return (
    <>
      <DurationField
        label={t('length')}
        value={length}
        onChange={(next) => onChange({ anchor, offset: before ? `-${next}` : next })}
      />
      <CompactSelect
        label={t('side')}
        value={before ? 'before' : 'after'}
        options={[
          ['before', t('before')],
          ['after', t('after')],
        ]}
        onChoose={(side) => onChange({ anchor, offset: side === 'before' ? `-${length}` : length })}
      />
      <AnchorField value={anchor} onChange={(next) => onChange({ anchor: next, offset })} />
    </>
  );
}
