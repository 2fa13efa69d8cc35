'use client';
import { Dialog } from '@base-ui/react/dialog';
import { MenuIcon, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Me } from '../data/queries';
import { NameMark } from '../design/mark';
import { Rail } from './rail';

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
        <div className="mx-auto max-w-6xl">{children}</div>
      </main>
    </div>
  );
}

/** The head of a phone's page, and the navigation that it opens. */
function Drawer({ me }: { me: Me }) {
  const t = useTranslations('shell');
  const [open, setOpen] = useState(false);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <header className="on-hull sticky top-0 z-40 flex h-14 items-center justify-between bg-hull px-4 text-on-hull lg:hidden">
        <NameMark />
        <Dialog.Trigger aria-label={t('openNavigation')} className="-mr-2 grid size-11 place-items-center">
          <MenuIcon aria-hidden="true" />
        </Dialog.Trigger>
      </header>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-hull/60" />
        <Dialog.Popup className="fixed inset-y-0 left-0 z-50 w-72 max-w-[85vw] outline-none">
          <Dialog.Title className="sr-only">{t('navigation')}</Dialog.Title>
          <Rail me={me} onGo={() => setOpen(false)} />
          <Dialog.Close
            aria-label={t('closeNavigation')}
            className="on-hull absolute top-3 right-3 grid size-11 place-items-center text-on-hull"
          >
            <X aria-hidden="true" />
          </Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
