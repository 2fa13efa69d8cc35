'use client';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { Empty } from '../components/empty';
import { Panel } from '../components/panel';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import { isRefused } from '../data/problem';
import { explanationQuery, messageQuery } from '../data/queries';
import { Link } from '../i18n/navigation';
import { useTimes } from '../i18n/times';
import { MessageActions } from './message-actions';
import { MessageContent } from './message-content';
import { MessageFacts } from './message-facts';
import { useMessageName } from './message-name';
import { Recipient } from './recipient';
import { StatusBadge } from './status-badge';
import { Story } from './story';

/** One message: how it stands, why, and what went out. */
export function MessagePage() {
  const id = useSearchParams().get('id') ?? '';
  const t = useTranslations('message');
  const { data, error, refetch } = useQuery(explanationQuery(id, useLocale()));
  const missing = !id || isRefused(error, 'not_found') || isRefused(error, 'invalid_request');
  return (
    <>
      <Link
        href="/messages"
        className="-ml-1 inline-flex min-h-6 items-center gap-1.5 rounded-sm px-1 text-sm text-ink-soft hover:text-ink"
      >
        <ArrowLeft className="size-4" aria-hidden="true" />
        {t('back')}
      </Link>
      {missing ? (
        <>
          <h1 className="sr-only">{t('missing')}</h1>
          <Empty title={t('missing')}>{t('missingHint')}</Empty>
        </>
      ) : error ? (
        <Trouble error={error} again={() => void refetch()} />
      ) : data ? (
        <Told explanation={data} />
      ) : (
        <Skeleton lines={10} className="py-5" />
      )}
    </>
  );
}

type Explanation = NonNullable<
  Awaited<ReturnType<NonNullable<ReturnType<typeof explanationQuery>['queryFn']>>>
>;

function Told({ explanation }: { explanation: Explanation }) {
  const { message, story, sentences } = explanation;
  const t = useTranslations('message');
  const times = useTimes();
  const { name } = useMessageName(message);
  const { data: detail } = useQuery(messageQuery(message.id));
  return (
    <>
      <header className="mt-2 mb-6 flex flex-wrap items-end justify-between gap-4">
        <div className="min-w-0">
          <h1 className="text-xl">
            <Recipient message={detail ?? { ...message, contact: null }} />
          </h1>
          <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-soft">
            <StatusBadge status={message.status} />
            <span>{name}</span>
          </p>
        </div>
        <MessageActions message={message} />
      </header>
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Panel title={t('why')} aside={t('timesIn', { zone: times.zone })}>
          <Story entries={story} conclusion={sentences.at(-1) ?? ''} status={message.status} />
        </Panel>
        <div className="grid gap-5">
          <MessageFacts explanation={explanation} />
          {detail && <MessageContent detail={detail} />}
        </div>
      </div>
    </>
  );
}
