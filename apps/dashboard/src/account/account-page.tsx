'use client';
import { Globe } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Suspense } from 'react';
import { Menu } from '../components/menu';
import { Hoist } from '../design/hoist';
import { NameMark } from '../design/mark';
import { Preferences } from '../shell/preferences';

interface Props {
  title: string;
  text?: string | undefined;
  children: React.ReactNode;
}

/** What is around the pages of people who are not signed in yet. */
export function AccountPage({ title, text, children }: Props) {
  const t = useTranslations('account');
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(22rem,5fr)_7fr]">
      <aside
        aria-label="Halyard"
        className="relative hidden overflow-hidden bg-hull p-10 text-on-hull lg:flex lg:flex-col"
      >
        <NameMark />
        <p className="mt-auto max-w-xs font-display text-2xl leading-tight font-semibold text-balance">
          {t('promise')}
        </p>
        <p className="mt-3 max-w-xs text-sm text-on-hull-soft">{t('promiseDetail')}</p>
        <Hoist className="absolute -top-2 right-6 h-[74%]" />
      </aside>
      <div className="flex flex-col px-5 py-4 sm:px-10">
        <header className="flex h-11 items-center justify-between lg:justify-end">
          <NameMark className="lg:hidden" />
          <Suspense>
            <Menu
              place="top-full right-0 mt-1.5"
              triggerClass="inline-flex h-11 items-center gap-2 rounded-md px-3 text-sm font-semibold hover:bg-sunk"
              trigger={
                <>
                  <Globe className="size-4" aria-hidden="true" />
                  {t('preferences')}
                </>
              }
            >
              <Preferences />
            </Menu>
          </Suspense>
        </header>
        <main className="mx-auto grid w-full max-w-sm flex-1 content-center gap-6 py-8">
          <div className="grid gap-2">
            <h1 className="text-xl">{title}</h1>
            {text && <p className="text-ink-soft">{text}</p>}
          </div>
          {children}
        </main>
      </div>
    </div>
  );
}
