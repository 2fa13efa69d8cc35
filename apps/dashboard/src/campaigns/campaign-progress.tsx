'use client';
import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { At } from '../components/at';
import { Panel } from '../components/panel';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import type { Campaign, CampaignStats } from '../data/campaigns';
import { campaignStatsQuery } from '../data/campaigns';
import { Flag } from '../design/flag';
import { useReason } from '../messages/reason';
import { recipientSignals } from './campaign-signals';
import { ProgressBar } from './progress-bar';
import { recipientStatuses } from './recipient-statuses';

interface Props {
  campaign: Campaign;
  occurrence: NonNullable<Campaign['occurrence']>;
}

/** How far the latest start is, and what became of its recipients. */
export function CampaignProgress({ campaign: { id, status, schedule }, occurrence }: Props) {
  const t = useTranslations('campaign');
  const { data, error, refetch } = useQuery(campaignStatsQuery(id, status === 'running'));
  const { n, started_at, finished_at, recipients, open, progress } = occurrence;
  return (
    <Panel
      title={schedule?.type === 'recurring' ? t('progressNth', { n }) : t('progress')}
      aside={
        <>
          {t(finished_at ? 'ended' : 'started')} <At instant={finished_at ?? started_at} />
        </>
      }
    >
      <div className="grid gap-4 px-4 py-4 sm:px-5">
        <div className="grid gap-1.5">
          <ProgressBar label={t('progress')} value={progress} />
          <p className="text-sm" role="status">
            {occurrence.status === 'walking'
              ? t('walking', { all: recipients })
              : t('doneOf', { done: recipients - open, all: recipients })}
          </p>
        </div>
        {error ? (
          <Trouble error={error} again={() => void refetch()} />
        ) : data ? (
          <Figures stats={data} />
        ) : (
          <Skeleton lines={3} className="" />
        )}
      </div>
    </Panel>
  );
}

function Figures({ stats }: { stats: CampaignStats }) {
  const t = useTranslations('campaign');
  const format = useFormatter();
  const shown = recipientStatuses.filter((one) => one === 'SENT' || (stats.statuses[one] ?? 0) > 0);
  const answers = (['delivered', 'opened', 'clicked', 'bounced'] as const).filter(
    (one) => one !== 'bounced' || stats.bounced > 0,
  );
  return (
    <>
      <dl className="grid grid-cols-2 gap-x-5 gap-y-3 sm:grid-cols-4">
        {shown.map((one) => (
          <div key={one}>
            <dt className="flex items-center gap-1.5 text-sm text-ink-soft">
              <Flag signal={recipientSignals[one]} />
              {t(`recipients.status.${one}`)}
            </dt>
            <dd className="text-xl font-semibold tabular-nums">{format.number(stats.statuses[one] ?? 0)}</dd>
          </div>
        ))}
      </dl>
      <dl className="grid grid-cols-2 gap-x-5 gap-y-3 sm:grid-cols-4">
        {answers.map((one) => (
          <div key={one}>
            <dt className="text-sm text-ink-soft first-letter:uppercase">{t(`answers.${one}`)}</dt>
            <dd className="text-xl font-semibold tabular-nums">{format.number(stats[one])}</dd>
          </div>
        ))}
      </dl>
      {(['put_off', 'held_back', 'failed'] as const).map((name) => (
        <Reasons key={name} title={t(`reasons.${name}`)} reasons={stats[name]} />
      ))}
    </>
  );
}

function Reasons({ title, reasons }: { title: string; reasons: CampaignStats['held_back'] }) {
  const reasonOf = useReason();
  const t = useTranslations('campaign');
  const format = useFormatter();
  if (reasons.length === 0) return null;
  return (
    <div className="text-sm">
      <h3 className="text-sm text-ink-soft">{title}</h3>
      <ul>
        {reasons.map(({ reason, n }) => (
          <li key={reason} className="flex justify-between gap-3">
            <span className="min-w-0 break-words">{reason ? reasonOf(reason) : t('noReason')}</span>
            <span className="font-semibold tabular-nums">{format.number(n)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
