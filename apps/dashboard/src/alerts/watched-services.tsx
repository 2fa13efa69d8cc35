'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { At } from '../components/at';
import type { WatchedConnection } from '../data/alerts';
import { watchedQuery } from '../data/alerts';
import { Flag } from '../design/flag';

/** How every connected n8n does; nothing where there is none. */
export function WatchedServices() {
  const t = useTranslations('alerts');
  const { data } = useQuery(watchedQuery);
  if (!data?.items.length) return null;
  return (
    <ul className="flex flex-wrap gap-x-6 gap-y-2 text-sm" aria-label={t('watched')}>
      {data.items.map((one) => (
        <li key={one.connection_id} className="flex flex-wrap items-center gap-x-2">
          <Flag signal={one.healthy === null ? 'waiting' : one.healthy ? 'good' : 'bad'} />
          <span className="font-semibold">{one.name}</span>
          <Health of={one} />
        </li>
      ))}
    </ul>
  );
}

function Health({ of: { healthy, checked_at, failing_since, detail } }: { of: WatchedConnection }) {
  const t = useTranslations('alerts');
  if (healthy === null || !checked_at) return <span className="text-ink-soft">{t('notAsked')}</span>;
  if (healthy)
    return (
      <span className="text-ink-soft">
        {t('answers')} <At instant={checked_at} as="relative" />
      </span>
    );
  return (
    <span className="break-words text-flare-ink">
      {t('silentSince')} {failing_since && <At instant={failing_since} />} {detail}
    </span>
  );
}
