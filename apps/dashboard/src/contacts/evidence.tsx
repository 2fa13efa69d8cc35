'use client';
import { useTranslations } from 'next-intl';
import { At } from '../components/at';
import type { Consent } from '../data/contacts';
import { Link } from '../i18n/navigation';

/** What proves a consent: where it came from, the words, the moments, the machine. */
export function Evidence({ consent: { source, evidence } }: { consent: Consent }) {
  const t = useTranslations('contact.proof');
  const { text, text_version, url, ip, user_agent, requested_at, confirmed_at, message_id, note } = evidence;
  const rows: readonly (readonly [term: string, value: React.ReactNode])[] = [
    [t('source'), source],
    [t('note'), note],
    [t('text'), text && `“${text}”`],
    [t('version'), text_version],
    [t('requested'), requested_at && <At instant={requested_at} />],
    [t('confirmed'), confirmed_at && <At instant={confirmed_at} />],
    [t('url'), url],
    [t('ip'), ip],
    [t('browser'), user_agent],
    [
      t('message'),
      message_id && (
        <Link className="text-sea underline underline-offset-3" href={`/message?id=${message_id}`}>
          {t('toMessage')}
        </Link>
      ),
    ],
  ];
  return (
    <dl className="text-xs text-ink-soft">
      {rows.map(([term, value]) =>
        value ? (
          <div key={term} className="flex gap-1.5">
            <dt className="shrink-0">{term}:</dt>
            <dd className="min-w-0 break-words text-ink">{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}
