'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { Button } from './button';
import { leadsAway } from './leads-away';

interface Props {
  /** Something was written that leaving would lose. */
  unsaved: boolean;
  /** What becomes of it. */
  means: string;
}

/** Asks before a link leads away from something that is not saved; the browser asks before the page is closed. */
export function LeaveQuestion({ unsaved, means }: Props) {
  const t = useTranslations('leave');
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  const [to, setTo] = useState<string | null>(null);
  useEffect(() => {
    if (!unsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    // Before the link itself hears of it.
    const ask = (event: MouseEvent) => {
      const away = leadsAway(event, window.location);
      if (away === null) return;
      event.preventDefault();
      event.stopPropagation();
      setTo(away);
      dialog.current?.showModal();
    };
    window.addEventListener('beforeunload', warn);
    document.addEventListener('click', ask, { capture: true });
    return () => {
      window.removeEventListener('beforeunload', warn);
      document.removeEventListener('click', ask, { capture: true });
    };
  }, [unsaved]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby="leave"
      className="m-auto w-96 max-w-[calc(100vw-2rem)] rounded-lg border border-rope bg-sail p-5 text-ink shadow-lift backdrop:bg-hull/60"
    >
      <h2 id="leave" className="text-base">
        {t('title')}
      </h2>
      <p className="mt-1 text-sm">{means}</p>
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        <Button look="outlined" onClick={() => to && router.push(to)}>
          {t('go')}
        </Button>
        <Button onClick={() => dialog.current?.close()}>{t('stay')}</Button>
      </div>
    </dialog>
  );
}
