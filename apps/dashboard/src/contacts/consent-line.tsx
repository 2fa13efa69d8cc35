'use client';
import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { At } from '../components/at';
import type { Consent, CurrentConsent } from '../data/contacts';
import type { Signal } from '../design/flag';
import { Flag } from '../design/flag';
import { useConsentNames } from './consent-names';
import { Evidence } from './evidence';

const signals: Record<Consent['state'], Signal> = {
  granted: 'good',
  pending: 'waiting',
  withdrawn: 'lowered',
};

interface Props {
  current: CurrentConsent;
  /** How it came about, newest first. */
  history: readonly Consent[];
}

/** One consent as it stands, and the ledger behind it. */
export function ConsentLine({ current, history }: Props) {
  const t = useTranslations('contact');
  const names = useConsentNames();
  return (
    <li className="px-4 py-2.5 text-sm sm:px-5">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-semibold">{names.topic(current.topic)}</span>
        <span className="text-ink-soft">{names.channel(current.channel)}</span>
      </p>
      <p className="mt-0.5 flex items-center gap-1.5">
        <Flag signal={signals[current.state]} />
        {t(`states.${current.state}`)}
        <span className="text-ink-soft">
          · <At instant={current.occurred_at} />
        </span>
      </p>
      <details className="group">
        <summary className="inline-flex min-h-11 list-none items-center gap-1 rounded-sm text-sea hover:underline sm:min-h-6 [&::-webkit-details-marker]:hidden">
          <ChevronRight className="size-4 transition-transform group-open:rotate-90" aria-hidden="true" />
          {t('evidence', { count: history.length })}
        </summary>
        <ol className="mt-1 ml-2 grid gap-3 border-l-2 border-rope py-1">
          {history.map((one) => (
            <li key={one.id} className="-ml-px flex gap-2">
              <Flag signal={signals[one.state]} className="-ml-1 size-4 bg-sail" />
              <div className="min-w-0 flex-1">
                <p>
                  {t(`states.${one.state}`)} · <At instant={one.occurred_at} />
                </p>
                <Evidence consent={one} />
              </div>
            </li>
          ))}
        </ol>
      </details>
    </li>
  );
}
