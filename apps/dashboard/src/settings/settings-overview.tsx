'use client';
import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { PageHead } from '../components/page-head';
import { Link } from '../i18n/navigation';
import type { Part } from './parts';
import { addressOf, groups, icons } from './parts';
import { useStanding } from './use-standing';

/** Every part of the settings, in a sentence of how it stands. */
export function SettingsOverview() {
  const t = useTranslations('settings');
  const standing = useStanding();
  return (
    <>
      <PageHead title={t('title')} text={t('text')} />
      <div className="grid grid-cols-1 gap-7">
        {groups.map(({ name, parts }) => (
          <section key={name} aria-labelledby={name}>
            <h2 id={name} className="mb-2 text-base">
              {t(`groups.${name}`)}
            </h2>
            <ul className="divide-y divide-rope overflow-hidden rounded-lg border border-rope bg-sail">
              {parts.map((part) => (
                <PartRow key={part} part={part} sentence={standing[part]} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}

/** `sentence`: undefined while it is not known yet. */
function PartRow({ part, sentence }: { part: Part; sentence: string | undefined }) {
  const t = useTranslations('settings.parts');
  const Icon = icons[part];
  return (
    <li className="relative flex items-center gap-4 px-4 py-3 hover:bg-sea-wash sm:px-5">
      <Icon className="size-5 shrink-0 text-ink-soft" aria-hidden="true" />
      <div className="min-w-0 flex-1 sm:grid sm:grid-cols-[13rem_minmax(0,1fr)] sm:items-baseline sm:gap-4">
        <Link href={addressOf(part)} className="font-semibold after:absolute after:inset-0">
          {t(part)}
        </Link>
        {sentence === undefined ? (
          <span className="skeleton mt-1 block h-4 w-48" />
        ) : (
          <p className="text-sm text-ink-soft">{sentence}</p>
        )}
      </div>
      <ChevronRight className="size-4 shrink-0 text-ink-soft" aria-hidden="true" />
    </li>
  );
}
