'use client';
import { useTranslations } from 'next-intl';
import { At } from '../components/at';
import type { AlertDetail } from '../data/alerts';
import { Link } from '../i18n/navigation';

/** What happened to an alert, oldest first; a notification leads to what became of it. */
export function AlertTimeline({ entries }: Pick<AlertDetail, 'entries'>) {
  const t = useTranslations('alerts');
  return (
    <ol className="grid w-full gap-3 border-l-2 border-rope pl-4">
      {entries.map((entry) => (
        <li key={entry.id} className="grid gap-0.5">
          <p>
            <span className="font-semibold">{t(`entries.${entry.kind}`)}</span>
            {entry.by && <span className="text-ink-soft"> {t('by', { by: entry.by })}</span>}
          </p>
          {entry.note && <p className="break-words">{entry.note}</p>}
          <p className="flex flex-wrap gap-x-3 text-ink-soft">
            <At instant={entry.at} />
            {entry.message_id && (
              <Link
                className="inline-flex min-h-11 items-center text-sea underline underline-offset-3 sm:min-h-6"
                href={`/message?id=${entry.message_id}`}
              >
                {t('toMessage')}
              </Link>
            )}
          </p>
        </li>
      ))}
    </ol>
  );
}
