'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { At } from '../components/at';
import type { SandboxMessage } from '../data/inbox';
import { messageQuery } from '../data/queries';
import { Link } from '../i18n/navigation';
import { StatusBadge } from '../messages/status-badge';

/** How the engine sees the message: what it has heard of it, and the way to its story. */
export function StandsAs({
  message: { message_id, received_at, tries, behaviour },
}: {
  message: SandboxMessage;
}) {
  const t = useTranslations('inbox');
  const { data } = useQuery(messageQuery(message_id));
  const heard = [
    [t('opened'), data?.opened_at],
    [t('clicked'), data?.clicked_at],
  ] as const;
  return (
    <header className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 border-b border-rope px-4 py-2 text-sm sm:px-5">
      {data ? <StatusBadge status={data.status} /> : <span>{t('arrived')}</span>}
      <span className="text-ink-soft">
        {t('arrivedAt')} <At instant={received_at} />
      </span>
      {heard.map(
        ([what, at]) =>
          at && (
            <span key={what} className="text-ink-soft">
              {what} <At instant={at} as="time" />
            </span>
          ),
      )}
      {tries > 1 && <span className="text-ink-soft">{t('tries', { tries })}</span>}
      {behaviour !== 'deliver' && <span className="text-brass-ink">{t('told', { behaviour })}</span>}
      <Link
        href={`/message?id=${message_id}`}
        className="ml-auto inline-flex min-h-11 items-center font-semibold text-sea underline decoration-1 underline-offset-3 hover:text-sea-deep sm:min-h-6"
      >
        {t('story')}
      </Link>
    </header>
  );
}
