'use client';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import { differenceQuery } from '../data/templates';
import { placeOf } from './findings';
import { languageName } from './language-name';

const looks = {
  same: 'text-ink-soft',
  added: 'bg-kelp-wash text-kelp-ink',
  removed: 'bg-flare-wash text-flare-ink',
} as const;
const fields = ['subject', 'preheader', 'mjml', 'html', 'text'] as const;
const signs = { same: ' ', added: '+', removed: '−' } as const;

/** What changed between two versions, line by line. */
export function Difference({ id, from, to }: { id: string; from: number; to: number }) {
  const t = useTranslations('template.versions');
  const reader = useLocale();
  const titleOf = (path: string) => {
    const { locale, field } = placeOf(path);
    const known = fields.find((one) => one === field);
    return locale === null
      ? path
      : `${languageName(locale, reader)}: ${known ? t(`fields.${known}`) : field}`;
  };
  const { data, error, refetch } = useQuery(differenceQuery(id, from, to));
  if (error) return <Trouble error={error} again={() => void refetch()} />;
  if (!data) return <Skeleton lines={8} />;
  if (data.texts.length === 0) return <p className="px-5 py-4 text-sm text-ink-soft">{t('same')}</p>;
  return (
    <div className="grid gap-5 px-4 py-4 sm:px-5">
      {data.texts.map(({ path, lines }) => (
        <section key={path} aria-label={path}>
          <h3 className="pb-1.5 text-sm">{titleOf(path)}</h3>
          <div className="overflow-x-auto rounded-md bg-sunk py-2 font-mono text-xs">
            {lines.map(({ change, text }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place; the list does not change.
              <p key={at} className={`min-w-fit px-3 whitespace-pre-wrap ${looks[change]}`}>
                <span aria-hidden="true" className="mr-2 select-none">
                  {signs[change]}
                </span>
                {change !== 'same' && <span className="sr-only">{t(change)}: </span>}
                {text}
              </p>
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}
