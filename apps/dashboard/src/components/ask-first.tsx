'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { Button } from './button';

interface Props {
  /** On the button, such as "Cancel booking". */
  act: string;
  /** What it will do, in a sentence with its numbers. */
  means: React.ReactNode;
  /** On the button that does it; it names the act again. */
  now: string;
  /** What is done; the question stays while it goes on, and goes away when it is done. */
  onSure: () => Promise<unknown>;
  disabled?: boolean;
  /** `filled` where it is what the page is for. */
  look?: 'outlined' | 'filled';
}

/** What cannot be undone is asked about in place, with what it does. */
export function AskFirst({ act, means, now, onSure, disabled = false, look = 'outlined' }: Props) {
  const t = useTranslations('acts');
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const sure = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asked) sure.current?.focus();
  }, [asked]);
  if (!asked)
    return (
      <Button look={look} disabled={disabled} onClick={() => setAsked(true)}>
        {act}
      </Button>
    );
  const doIt = async () => {
    setBusy(true);
    await onSure().catch(() => {}); // whoever gave it tells of its error
    setBusy(false);
    setAsked(false);
  };
  return (
    <div className="flex basis-full flex-wrap items-center justify-end gap-2">
      <p className="max-w-sm text-sm">{means}</p>
      <Button ref={sure} disabled={busy} onClick={() => void doIt()}>
        {now}
      </Button>
      <Button look="plain" disabled={busy} onClick={() => setAsked(false)}>
        {t('keep')}
      </Button>
    </div>
  );
}
