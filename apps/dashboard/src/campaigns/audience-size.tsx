'use client';
import type { Condition } from '@halyard/contracts/conditions';
import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { Trouble } from '../components/trouble';
import { audienceQuery } from '../data/campaigns';
import { useSettled } from '../data/use-settled';
import { Link } from '../i18n/navigation';

/** How many an audience means at this moment, and up to ten of them. */
export function AudienceSize({ audience }: { audience: Condition }) {
  const t = useTranslations('campaign');
  const format = useFormatter();
  const { data, error, isFetching } = useQuery(audienceQuery(useSettled(audience)));
  if (error) return <Trouble error={error} />;
  if (!data) return <div className="skeleton h-8 w-40" />;
  const { count, complete, looked_at, sample } = data;
  return (
    <div className={isFetching ? 'opacity-60' : undefined}>
      <p role="status">
        <span className="font-display text-xl font-semibold tabular-nums">{format.number(count)}</span>{' '}
        {t('people', { count })}
        {!complete && (
          <span className="block text-sm text-ink-soft">
            {t('lookedAt', { lookedAt: format.number(looked_at) })}
          </span>
        )}
      </p>
      {sample.length > 0 && (
        <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-sm" aria-label={t('some')}>
          {sample.map(({ contact_id, first_name, last_name, email }) => (
            <li key={contact_id}>
              <Link
                href={`/contact?id=${contact_id}`}
                className="inline-flex min-h-11 items-center text-sea hover:underline sm:min-h-6"
              >
                {[first_name, last_name].filter(Boolean).join(' ') || email || t('recipients.unnamed')}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {count === 0 && <p className="text-sm text-ink-soft">{t('nobody')}</p>}
    </div>
  );
}
