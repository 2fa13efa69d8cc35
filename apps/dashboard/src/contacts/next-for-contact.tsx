'use client';
import type { Schema } from '@halyard/client/client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { At } from '../components/at';
import { Button } from '../components/button';
import { Panel } from '../components/panel';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import { planOfContactQuery } from '../data/contacts';
import { Flag } from '../design/flag';
import { Link } from '../i18n/navigation';

type Planned = Schema<'PlannedItem'>;

const firstOnes = 5;
const waiting = new Set(['scheduled', 'sending']);

/** What is planned for a contact, soonest first. */
export function NextForContact({ id }: { id: string }) {
  const t = useTranslations('contact');
  const { data, error, refetch } = useQuery(planOfContactQuery(id));
  const [all, setAll] = useState(false);
  const next = data?.items.filter(({ status }) => waiting.has(status)) ?? [];
  return (
    <Panel title={t('next')}>
      {error && <Trouble error={error} again={() => void refetch()} />}
      {!data && !error && <Skeleton lines={3} />}
      {data && next.length === 0 && (
        <p className="px-4 py-4 text-sm text-ink-soft sm:px-5">
          {t(data.pending_events ? 'stillDeciding' : 'nothingNext')}
        </p>
      )}
      {next.length > 0 && (
        <div className="px-4 py-3 sm:px-5">
          <ol className="ml-1.5 border-l-2 border-rope">
            {next.slice(0, all ? next.length : firstOnes).map((item) => (
              <Item key={item.message_id} item={item} />
            ))}
          </ol>
          {!all && next.length > firstOnes && (
            <Button look="plain" className="mt-2" onClick={() => setAll(true)}>
              {t('allNext', { count: next.length })}
            </Button>
          )}
        </div>
      )}
    </Panel>
  );
}

function Item({ item }: { item: Planned }) {
  const t = useTranslations();
  const { template, step, flow, channels, source } = item;
  const key = typeof template === 'string' ? template : Object.values(template ?? {})[0];
  return (
    <li>
      <Link
        href={`/message?id=${item.message_id}`}
        className="-ml-px flex min-h-11 items-center gap-3 rounded-r-md py-1.5 pr-2 hover:bg-sea-wash"
      >
        <Flag signal="waiting" className="-ml-[3px] size-5" />
        <At instant={item.due_at} className="w-24 shrink-0 text-sm font-semibold sm:w-36" />
        <span className="min-w-0 flex-1">
          <span className="block truncate text-sm font-semibold">
            {step?.name ?? key ?? t('messages.ownWords')}
          </span>
          <span className="block truncate text-xs text-ink-soft">
            {flow?.name ?? t(`messages.sources.${source as 'api'}`)} ·{' '}
            {channels.map((channel) => t(`channels.${channel}`)).join(' → ')}
          </span>
        </span>
      </Link>
    </li>
  );
}
