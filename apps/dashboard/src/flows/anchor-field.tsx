'use client';
import { useTranslations } from 'next-intl';
import { CheckedInput } from '../components/checked-input';
import { CompactSelect } from '../components/compact-controls';
import { useSayFlow } from './use-say-flow';

const known = ['subject.starts_at', 'subject.ends_at', 'product.starts_at'];
const shape = /^(subject|contact|event|product)(\.[A-Za-z0-9_-]+)+$/;

/** A date that moments count from: one of a booking, or any other among the facts by its path. */
export function AnchorField({ value, onChange }: { value: string; onChange: (anchor: string) => void }) {
  const t = useTranslations('flow.timing');
  const { anchorName } = useSayFlow();
  const isKnown = known.includes(value);
  return (
    <>
      <CompactSelect
        label={t('anchor')}
        value={isKnown ? value : 'other'}
        options={[
          ...known.map((path) => [path, anchorName(path)] as const),
          ['other', t('otherAnchor')] as const,
        ]}
        onChoose={(next) => onChange(next === 'other' ? 'contact.attributes.birthday' : next)}
      />
      {!isKnown && (
        <CheckedInput
          label={t('anchorPath')}
          title={t('anchorPathHint')}
          value={value}
          pattern={shape}
          onChange={onChange}
          className="w-56 flex-1"
        />
      )}
    </>
  );
}
