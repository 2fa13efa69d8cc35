'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Panel } from '../components/panel';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import type { Connection } from '../data/queries';
import { connectionsQuery, overviewQuery, reviewQuery } from '../data/queries';
import { Flag } from '../design/flag';
import { Link } from '../i18n/navigation';
import { useTimes } from '../i18n/times';
import { isBroken } from '../settings/connections/states';

const mostShown = 6;

/** What Halyard does not decide by itself: items to review, and connections that do not work. */
export function NeedsPerson({ className }: { className: string }) {
  const t = useTranslations('overview');
  const reviews = useQuery(reviewQuery);
  const connections = useQuery(connectionsQuery);
  const asked = reviews.data?.items.filter(({ kind }) => kind === 'unknown_message').length ?? 0;
  const unknown = useQuery(overviewQuery).data?.now.unknown ?? 0;
  // Those that somebody is asked about already stand below one by one.
  const unasked = unknown > asked ? unknown : 0;
  const error = reviews.error ?? connections.error;
  const broken = connections.data?.items.filter(isBroken) ?? [];
  const items = reviews.data?.items ?? [];
  const count = items.length + broken.length + (unasked ? 1 : 0);
  const again = () => void Promise.all([reviews.refetch(), connections.refetch()]);
  return (
    <Panel
      className={className}
      title={t('needs')}
      aside={
        count > 0 && (
          <span className="font-semibold text-flare-ink">
            {reviews.data?.next_cursor ? `${count}+` : count}
          </span>
        )
      }
    >
      {error ? (
        <Trouble error={error} again={again} />
      ) : reviews.isPending || connections.isPending ? (
        <Skeleton lines={2} />
      ) : count === 0 ? (
        <p className="flex items-center gap-3 px-5 py-4 text-sm">
          <Flag signal="good" className="size-5" />
          {t('allWell')}
        </p>
      ) : (
        <ul className="divide-y divide-rope">
          {broken.map((connection) => (
            <BrokenConnection key={connection.id} connection={connection} />
          ))}
          {unasked > 0 && (
            <Row signal="unsure" title={t('unknown', { count: unasked })}>
              <Link className="text-sea underline underline-offset-3" href="/messages?status=unknown">
                {t('unknownHint')}
              </Link>
            </Row>
          )}
          {items.slice(0, mostShown).map(({ id, kind, subject, reason, created_at }) => (
            <Row
              key={id}
              signal={kind === 'unknown_message' ? 'unsure' : 'bad'}
              title={t(`review.${kind}`)}
              at={created_at}
            >
              {subject.type === 'message' ? (
                <Link className="text-sea underline underline-offset-3" href={`/message?id=${subject.id}`}>
                  {reason}
                </Link>
              ) : (
                reason
              )}
            </Row>
          ))}
        </ul>
      )}
      {items.length > mostShown && (
        <p className="border-t border-rope px-5 py-3 text-sm">
          <Link className="text-sea underline underline-offset-3" href="/review">
            {t('allReviews')}
          </Link>
        </p>
      )}
    </Panel>
  );
}

function BrokenConnection({ connection: { name, breaker, status, test_error } }: { connection: Connection }) {
  const t = useTranslations('overview');
  const state = status === 'paused' ? 'paused' : breaker.state === 'closed' ? 'failedTest' : 'breakerOpen';
  return (
    <Row signal={state === 'paused' ? 'lowered' : 'bad'} title={t(`connection.${state}`, { name })}>
      {breaker.reason ?? test_error}
    </Row>
  );
}

interface RowProps {
  signal: 'bad' | 'unsure' | 'lowered';
  title: string;
  at?: string;
  children: React.ReactNode;
}

function Row({ signal, title, at, children }: RowProps) {
  const times = useTimes();
  return (
    <li className="flex gap-3 px-4 py-3 sm:px-5">
      <Flag signal={signal} className="mt-0.5 size-4.5" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap justify-between gap-x-3 text-sm font-semibold">
          {title}
          {at && (
            <time dateTime={at} title={times.exact(at)} className="font-normal text-ink-soft">
              {times.relative(at)}
            </time>
          )}
        </p>
        <p className="text-sm break-words text-ink-soft">{children}</p>
      </div>
    </li>
  );
}
