'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Button } from '../components/button';
import { CopiedText } from '../components/copied-text';

interface Props {
  title: string;
  label: string;
  text: string;
  onClose: () => void;
  /** What to do with it. */
  children: React.ReactNode;
}

/** A secret that nobody can read again: it stays until the person says that they have it. */
export function ShownOnce({ title, label, text, onClose, children }: Props) {
  const t = useTranslations('settings');
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  return (
    <section className="grid gap-3 rounded-lg border border-rope border-l-4 border-l-brass bg-brass-wash px-4 py-4 sm:px-5">
      <h2 ref={head} tabIndex={-1} className="text-base outline-none">
        {title}
      </h2>
      <div className="grid gap-3 text-sm">{children}</div>
      <CopiedText label={label} text={text} />
      <div>
        <Button look="outlined" onClick={onClose}>
          {t('kept')}
        </Button>
      </div>
    </section>
  );
}
