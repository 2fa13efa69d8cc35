'use client';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { At } from '../components/at';
import { PageHead } from '../components/page-head';
import type { Campaign } from '../data/campaigns';
import { useTimes } from '../i18n/times';
import { useMay } from '../shell/use-may';
import { AudiencePanel } from './audience-panel';
import { CampaignActs } from './campaign-acts';
import { CampaignProgress } from './campaign-progress';
import { CampaignStatus } from './campaign-status';
import { CampaignTest } from './campaign-test';
import { Recipients } from './recipients';
import { SentPanel } from './sent-panel';

const SchedulePanel = dynamic(() => import('./schedule-panel').then((file) => file.SchedulePanel), {
  ssr: false,
});

interface Props {
  campaign: Campaign;
  onEdit: (() => void) | null;
}

/** How a campaign stands, and what can be done with it. */
export function CampaignView({ campaign, onEdit }: Props) {
  const t = useTranslations('campaign');
  const times = useTimes();
  const may = useMay()('editor');
  const { status, occurrence, next_start_at, error } = campaign;
  const waits = status === 'draft' || status === 'scheduled';
  return (
    <>
      <PageHead
        title={campaign.name}
        text={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <CampaignStatus status={status} />
            {next_start_at && (
              <span>
                {t('startsAt')} <At instant={next_start_at} />
              </span>
            )}
            <span>{t('timesIn', { zone: times.zone })}</span>
          </span>
        }
        back={{ href: '/campaigns', text: t('back') }}
      >
        {may && <CampaignActs campaign={campaign} onEdit={onEdit} />}
      </PageHead>
      {error && (
        <p className="mb-5 border-l-4 border-brass bg-brass-wash px-4 py-3 text-sm text-brass-ink">
          <span className="font-semibold">{t('pausedBySelf')}</span> {error}
        </p>
      )}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid min-w-0 gap-5">
          {occurrence && <CampaignProgress campaign={campaign} occurrence={occurrence} />}
          {occurrence && <Recipients campaign={campaign} />}
          {!occurrence && <AudiencePanel campaign={campaign} />}
          {!occurrence && <SentPanel campaign={campaign} />}
        </div>
        <div className="grid min-w-0 gap-5">
          {may && waits && <SchedulePanel key={campaign.updated_at} campaign={campaign} />}
          {occurrence && <SentPanel campaign={campaign} />}
          {occurrence && <AudiencePanel campaign={campaign} />}
          {may && waits && <CampaignTest campaign={campaign} />}
        </div>
      </div>
    </>
  );
}
