'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Panel } from '../components/panel';
import type { Campaign } from '../data/campaigns';
import { templatesQuery } from '../data/queries';
import { Link } from '../i18n/navigation';
import { waysOf } from './ways';

/** What goes out, and by which rules. */
export function SentPanel({ campaign }: { campaign: Campaign }) {
  const t = useTranslations();
  const { data } = useQuery(templatesQuery);
  const templates = data?.items ?? [];
  return (
    <Panel title={t('campaign.sent')}>
      <dl className="grid grid-cols-[minmax(6rem,auto)_minmax(0,1fr)] gap-x-5 gap-y-2 px-4 py-4 text-sm sm:px-5">
        {waysOf(campaign, templates).map(({ channel, key }) => {
          const template = templates.find((one) => one.key === key && one.channel === channel);
          return (
            <div key={channel} className="col-span-2 grid grid-cols-subgrid items-baseline">
              <dt className="text-ink-soft">{t(`channels.${channel}`)}</dt>
              <dd className="break-words">
                {template ? (
                  <Link
                    href={`/template?id=${template.id}`}
                    className="inline-flex min-h-11 items-center text-sea underline underline-offset-3 sm:min-h-6"
                  >
                    {template.name}
                  </Link>
                ) : (
                  <span className={data ? 'text-flare-ink' : undefined}>
                    {key || t('campaign.templateMissing')}
                  </span>
                )}
              </dd>
            </div>
          );
        })}
        <dt className="text-ink-soft">{t('campaign.class')}</dt>
        <dd>{t(`classes.${campaign.class}`)}</dd>
        <dt className="text-ink-soft">{t('campaign.topic')}</dt>
        <dd className="break-words">{campaign.topic === '*' ? t('campaign.allTopics') : campaign.topic}</dd>
      </dl>
      <p className="border-t border-rope px-4 py-3 text-sm text-ink-soft sm:px-5">{t('campaign.obeys')}</p>
    </Panel>
  );
}
