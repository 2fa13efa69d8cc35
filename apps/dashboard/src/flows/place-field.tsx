'use client';
import { useTranslations } from 'next-intl';
import { CompactSelect } from '../components/compact-controls';

const below = ' below';
const end = ' end';

interface Props {
  label: string;
  /** A step's id; null: the end; undefined: whatever stands below. */
  value: string | null | undefined;
  /** The other steps by their ids. */
  names: Readonly<Record<string, string>>;
  /** Whether "whatever stands below" can be said. */
  open?: boolean;
  onChange: (place: string | null | undefined) => void;
}

/** Where a way leads. */
export function PlaceField({ label, value, names, open = false, onChange }: Props) {
  const t = useTranslations('flow.ways');
  return (
    <CompactSelect
      label={label}
      value={value === undefined ? below : (value ?? end)}
      options={[
        ...(open ? [[below, t('below')] as const] : []),
        ...Object.entries(names).map(([id, name]) => [id, t('to', { step: name })] as const),
        [end, t('end')] as const,
      ]}
      onChoose={(next) => onChange(next === below ? undefined : next === end ? null : next)}
      className="max-w-full"
    />
  );
}
