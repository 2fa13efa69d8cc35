'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Empty } from '../components/empty';
import { Panel } from '../components/panel';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import type { ListedMessage } from '../data/queries';
import { overviewQuery, plannedQuery } from '../data/queries';
import { Flag } from '../design/flag';
import { Link } from '../i18n/navigation';
import { useTimes } from '../i18n/times';
import { useMessageName } from '../messages/message-name';
import { Recipient } from '../messages/recipient';

/** Counts of the overview end here. */
const mostCounted = 10_000;

/** The planned messages that come next, hoisted on a line day by day. */
export function NextMessages({ className }: { className: string }) {
  const t = useTranslations('overview');
  const times = useTimes();
  const { data, error, refetch } = useQuery(plannedQuery);
  const due = useQuery(overviewQuery).data?.now.due_next_day;
  return (
    <Panel
      className={className}
      title={t('next')}
      aside={
        <>
          {due !== undefined && (due < mostCounted ? t('dueNextDay', { count: due }) : t('dueNextDayMany'))}
          {due !== undefined && ' · '}
          {t('timesIn', { zone: times.zone })}
        </>
      }
    >
      {error ? (
        <Trouble error={error} again={() => void refetch()} />
      ) : !data ? (
        <Skeleton lines={8} />
      ) : data.items.length === 0 ? (
        <Empty signal="waiting" title={t('nothingNext')}>
          {t('nothingNextHint')}
        </Empty>
      ) : (
        <ol className="px-4 pt-1 pb-4 sm:px-5">
          {byDay(data.items, times.day).map(([day, messages]) => (
            <li key={day}>
              <h3 className="pt-4 pb-1 text-sm text-ink-soft">{day}</h3>
              <ol className="ml-1.5 border-l-2 border-rope">
                {messages.map((message) => (
                  <NextMessage key={message.id} message={message} />
                ))}
              </ol>
            </li>
          ))}
        </ol>
      )}
      {data?.next_cursor && (
        <p className="border-t border-rope px-5 py-3 text-sm">
          <Link className="text-sea underline underline-offset-3" href="/messages?status=scheduled">
            {t('allNext')}
          </Link>
        </p>
      )}
    </Panel>
  );
}

function NextMessage({ message }: { message: ListedMessage }) {
  const t = useTranslations();
  const times = useTimes();
  const { name, origin } = useMessageName(message);
  return (
    <li>
      <Link
        href={`/message?id=${message.id}`}
        className="-ml-px flex items-center gap-3 rounded-r-md py-1.5 pr-2 hover:bg-sea-wash"
      >
        <Flag signal="waiting" className="-ml-[3px] size-5" />
        <time
          dateTime={message.due_at}
          className="w-12 shrink-0 text-sm font-semibold"
          title={times.exact(message.due_at)}
        >
          {times.time(message.due_at)}
        </time>
        <span className="grid min-w-0 flex-1 sm:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] sm:gap-3">
          <span className="min-w-0">
            <span className="block truncate text-sm font-semibold">
              <Recipient message={message} />
            </span>
            <span className="block truncate text-xs text-ink-soft">{origin}</span>
          </span>
          <span className="truncate text-xs text-ink-soft sm:self-center sm:text-right sm:text-sm">
            {name} · {message.channels.map((channel) => t(`channels.${channel}`)).join(' → ')}
          </span>
        </span>
      </Link>
    </li>
  );
}

/** In the order they come, under the day that each falls on. */
function byDay(
  messages: readonly ListedMessage[],
  dayOf: (instant: string) => string,
): [string, ListedMessage[]][] {
  const days = new Map<string, ListedMessage[]>();
  for (const message of messages) {
    const day = dayOf(message.due_at);
    days.set(day, [...(days.get(day) ?? []), message]);
  }
  return [...days];
}
