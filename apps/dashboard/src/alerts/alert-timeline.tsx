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
          <Note entry={entry} />
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

/** What a person noted, in their words; what Halyard noted, in the reader's language. */
function Note({ entry: { kind, by, note, route_id } }: { entry: AlertDetail['entries'][number] }) {
  const t = useTranslations('alerts.notes');
  if (!note) return null;
  const notNotified = route_id ? 'noEndpoint' : 'noRoute';
  const said = kind === 'not_notified' ? notNotified : kind === 'resolved' ? 'gone' : null;
  return <p className="break-words">{by === null && said ? t(said) : note}</p>;
}
