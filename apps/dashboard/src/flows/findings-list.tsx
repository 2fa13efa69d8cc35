'use client';
import { useLocale, useTranslations } from 'next-intl';
import type { FlowFinding } from '../data/flows';
import { Flag } from '../design/flag';

/** What was found, with the case in which it happens. The API writes its advice in English, the case in both languages. */
export function FindingsList({ findings }: { findings: readonly FlowFinding[] }) {
  const t = useTranslations('flow.check');
  const locale = useLocale();
  if (findings.length === 0) return null;
  return (
    <ul className="grid gap-2">
      {findings.map(({ severity, rule, path, message, counterexample }) => {
        const error = severity === 'error';
        return (
          <li
            key={`${path} ${message}`}
            className={`flex gap-2.5 rounded-md px-3 py-2 text-sm ${error ? 'bg-flare-wash' : 'bg-brass-wash'}`}
          >
            <Flag signal={error ? 'bad' : 'unsure'} className="mt-0.5 size-4" />
            <div className="min-w-0">
              <p className="break-words">
                <span className={`font-semibold ${error ? 'text-flare-ink' : 'text-brass-ink'}`}>
                  {t(severity)}
                </span>{' '}
                <span className="font-semibold">{t(`rules.${rule}`)}</span>
              </p>
              {(locale === 'en' || !counterexample) && <p>{message}</p>}
              {counterexample && <p className="mt-1 text-ink-soft">{counterexample.sentences[locale]}</p>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
