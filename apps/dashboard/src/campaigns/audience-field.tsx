'use client';
import type { Condition } from '@halyard/contracts/conditions';
import { useTranslations } from 'next-intl';
import { ConditionBuilder } from '../conditions/condition-builder';
import { audienceFacts } from './audience-facts';
import { AudienceSize } from './audience-size';
import { everybody, isEverybody } from './everybody';

interface Props {
  value: Condition;
  onChange: (audience: Condition) => void;
  error: string | undefined;
}

/** Whom it is for, with how many that are while one is at it. */
export function AudienceField({ value, onChange, error }: Props) {
  const t = useTranslations('campaign');
  return (
    <div className="grid sm:grid-cols-[minmax(0,1fr)_minmax(12rem,16rem)]">
      <div className="grid content-start gap-2 px-4 py-4 sm:px-5">
        <ConditionBuilder
          label={t('audience')}
          none={t('everybody')}
          value={isEverybody(value) ? undefined : value}
          onChange={(condition) => onChange(condition ?? everybody)}
          facts={audienceFacts}
        />
        {error && <p className="text-sm font-medium text-flare-ink">{error}</p>}
      </div>
      <div className="border-t border-rope px-4 py-4 sm:border-t-0 sm:border-l">
        <AudienceSize audience={value} />
      </div>
    </div>
  );
}
