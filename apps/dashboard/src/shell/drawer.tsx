'use client';
import { MenuIcon, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import type { Me } from '../data/queries';
import { NameMark } from '../design/mark';
import { Rail } from './rail';

/** The head of a phone's page, and the navigation that it opens: the browser's own dialog keeps the focus in it. */
export function Drawer({ me }: { me: Me }) {
  const t = useTranslations('shell');
  const dialog = useRef<HTMLDialogElement>(null);
  const close = () => dialog.current?.close();
  return (
    <header className="on-hull sticky top-0 z-40 flex h-14 items-center justify-between bg-hull px-4 text-on-hull lg:hidden">
      <NameMark />
      <button
        type="button"
        aria-label={t('openNavigation')}
        className="-mr-2 grid size-11 place-items-center"
        onClick={() => dialog.current?.showModal()}
      >
        <MenuIcon aria-hidden="true" />
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself. */}
      <dialog
        ref={dialog}
        aria-label={t('navigation')}
        className="m-0 h-dvh max-h-none w-72 max-w-[85vw] bg-transparent backdrop:bg-hull/60"
        onClick={({ target }) => {
          if (target === dialog.current) close(); // beside it
        }}
      >
        <Rail me={me} onGo={close} />
        <button
          type="button"
          aria-label={t('closeNavigation')}
          className="on-hull absolute top-3 right-3 grid size-11 place-items-center text-on-hull"
          onClick={close}
        >
          <X aria-hidden="true" />
        </button>
      </dialog>
    </header>
  );
}
