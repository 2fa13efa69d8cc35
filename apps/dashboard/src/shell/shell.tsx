'use client';
import { useTranslations } from 'next-intl';
import { Told } from '../components/told';
import type { Me } from '../data/queries';
import { Drawer } from './drawer';
import { Rail } from './rail';
import { StandingStill } from './standing-still';

/** What is around every page for whoever is signed in. */
export function Shell({ me, children }: { me: Me; children: React.ReactNode }) {
  const t = useTranslations('shell');
  return (
    <div className="lg:grid lg:grid-cols-[15.5rem_minmax(0,1fr)]">
      <a
        href="#page"
        className="sr-only z-50 rounded-md bg-sea px-4 py-2 font-semibold text-on-sea focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t('skip')}
      </a>
      <aside className="sticky top-0 hidden h-dvh lg:block">
        <Rail me={me} />
      </aside>
      <Drawer me={me} />
      <main id="page" tabIndex={-1} className="min-w-0 px-4 py-6 outline-none sm:px-8 sm:py-8">
        <div className="mx-auto max-w-6xl">
          {me.standing_still_since && <StandingStill since={me.standing_still_since} />}
          <Told>{children}</Told>
        </div>
      </main>
    </div>
  );
}
