'use client';
import { useTranslations } from 'next-intl';
import type { Preview } from '../data/templates';

/** How the SMS is cut and billed for the sample recipient, as the API counts it. */
export function SmsMeter({ sms }: { sms: NonNullable<Preview['sms']> }) {
  const t = useTranslations('template.sms');
  const { characters, encoding, segments, outside_gsm7: outside } = sms;
  return (
    <div className="grid gap-1 text-sm" aria-live="polite">
      <p className="tabular-nums">
        <strong>{t('segments', { count: segments })}</strong>
        <span className="text-ink-soft">
          {' '}
          · {t('characters', { count: characters })} · {encoding}
        </span>
      </p>
      {outside.length > 0 && <p className="text-brass-ink">{t('outside', { signs: outside.join(' ') })}</p>}
    </div>
  );
}
