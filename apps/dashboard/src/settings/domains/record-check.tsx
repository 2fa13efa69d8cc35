'use client';
import type { Schema } from '@halyard/client/client';
import { useTranslations } from 'next-intl';
import { CopiedText } from '../../components/copied-text';
import type { Signal } from '../../design/flag';
import { Flag } from '../../design/flag';

type Check = Schema<'SenderDomainCheck'>;

const signals: Record<Check['verdict'], Signal> = {
  good: 'good',
  weak: 'unsure',
  bad: 'bad',
  unknown: 'waiting',
};

/** One record: what it is for, how it stands, what was found, and what to publish where. */
export function RecordCheck({ check, domain }: { check: Check; domain: string }) {
  const t = useTranslations('settings.domains');
  const { name, verdict, finding, host, expected, found } = check;
  const needed = finding !== 'good' && host !== null;
  return (
    <li className="grid grid-cols-1 gap-3 px-4 py-4 sm:px-5">
      <div className="flex gap-3">
        <Flag signal={signals[verdict]} className="mt-0.5 size-4.5" />
        <div className="min-w-0">
          <h3 className="text-base">
            {name.toUpperCase()}{' '}
            <span className="font-sans text-sm font-normal text-ink-soft">{t(`for.${name}`)}</span>
          </h3>
          <p className="text-sm">
            <span className="font-semibold">{t(`verdicts.${verdict}`)}</span>{' '}
            {finding !== 'good' &&
              t(`findings.${name}_${finding}` as 'findings.spf_missing', { host: host ?? '', domain })}
          </p>
        </div>
      </div>
      {found && (
        <div className="grid gap-1 sm:pl-7.5">
          <p className="text-xs font-semibold text-ink-soft">{t('found', { host: host ?? domain })}</p>
          <code className="rounded-md bg-sunk px-3 py-2 text-sm break-all">{found}</code>
        </div>
      )}
      {needed && (
        <div className="grid gap-3 sm:pl-7.5">
          <CopiedText label={t('host')} text={host} />
          {expected && <CopiedText label={t('expected')} text={expected} />}
        </div>
      )}
    </li>
  );
}
