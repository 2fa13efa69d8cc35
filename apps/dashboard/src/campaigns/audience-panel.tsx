'use client';
import { useTranslations } from 'next-intl';
import { Panel } from '../components/panel';
import { useSayCondition } from '../conditions/use-say-condition';
import type { Campaign } from '../data/campaigns';
import { AudienceSize } from './audience-size';
import { isEverybody } from './everybody';

/** Whom a campaign is for: as a sentence, how many they are today, and some of them. */
export function AudiencePanel({ campaign: { audience } }: { campaign: Campaign }) {
  const t = useTranslations('campaign');
  const say = useSayCondition();
  return (
    <Panel title={t('audience')}>
      <div className="grid gap-3 px-4 py-4 text-sm sm:px-5">
        <p className="break-words first-letter:uppercase">
          {isEverybody(audience) ? t('everybody') : say(audience)}
        </p>
        <AudienceSize audience={audience} />
      </div>
    </Panel>
  );
}
