'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Panel } from '../components/panel';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import type { ListedMessage, Message } from '../data/queries';
import { messagesQuery } from '../data/queries';
import { Link } from '../i18n/navigation';
import { useTimes } from '../i18n/times';
import { useMessageName } from '../messages/message-name';
import { Recipient } from '../messages/recipient';
import { signals } from '../messages/signals';
import { StatusBadge } from '../messages/status-badge';

const statuses = Object.keys(signals) as Message['status'][];
const none = { status: '', channel: '', class: '', source: '', contact_id: '' };

/** How the newest messages stand: what the list gives at once, and says so. */
export function RecentMessages({ className }: { className: string }) {
  const t = useTranslations();
  const { data, error, refetch } = useInfiniteQuery(messagesQuery(none));
  const messages = data?.pages[0]?.items ?? [];
  const latest = messages.filter(({ sent_at }) => sent_at !== null).slice(0, 5);
  const counts = statuses
    .map((status) => [status, messages.filter((message) => message.status === status).length] as const)
    .filter(([, count]) => count > 0);
  return (
    <Panel
      className={className}
      title={t('overview.recent')}
      aside={data && t('overview.ofNewest', { count: messages.length })}
    >
      {error ? (
        <Trouble error={error} again={() => void refetch()} />
      ) : !data ? (
        <Skeleton />
      ) : (
        <>
          <ul className="flex flex-wrap gap-x-6 gap-y-2 px-4 py-3 sm:px-5">
            {counts.map(([status, count]) => (
              <li key={status}>
                <Link href={`/messages?status=${status}`} className="flex items-center gap-2 hover:underline">
                  <span className="font-display text-lg font-semibold tabular-nums">{count}</span>
                  <StatusBadge status={status} />
                </Link>
              </li>
            ))}
            {counts.length === 0 && <li className="text-sm text-ink-soft">{t('overview.noneYet')}</li>}
          </ul>
          {latest.length > 0 && (
            <ul className="divide-y divide-rope border-t border-rope">
              {latest.map((message) => (
                <Recent key={message.id} message={message} />
              ))}
            </ul>
          )}
        </>
      )}
    </Panel>
  );
}

function Recent({ message }: { message: ListedMessage }) {
  const times = useTimes();
  const { name } = useMessageName(message);
  return (
    <li>
      <Link
        href={`/message?id=${message.id}`}
        className="flex items-center justify-between gap-4 px-4 py-2.5 hover:bg-sea-wash sm:px-5"
      >
        <span className="min-w-0">
          <span className="block truncate text-sm font-semibold">
            <Recipient message={message} />
          </span>
          <span className="block truncate text-xs text-ink-soft">{name}</span>
        </span>
        <span className="grid justify-items-end">
          <StatusBadge status={message.status} />
          {message.sent_at && (
            <time
              dateTime={message.sent_at}
              title={times.exact(message.sent_at)}
              className="text-xs text-ink-soft"
            >
              {times.relative(message.sent_at)}
            </time>
          )}
        </span>
      </Link>
    </li>
  );
}
