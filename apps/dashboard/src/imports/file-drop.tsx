'use client';
import { FileUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { Button } from '../components/button';
import { classNames } from '../components/class-names';
import type { OpenFile, Unusable } from './open-file';
import { largestMegabytes, openFile } from './open-file';

/** Takes a file that is dropped here, or chosen. */
export function FileDrop({ onOpen }: { onOpen: (opened: OpenFile) => void }) {
  const t = useTranslations('imports');
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [unusable, setUnusable] = useState<Unusable | null>(null);
  const take = async (file: File | undefined) => {
    if (!file) return;
    const opened = await openFile(file);
    setUnusable(typeof opened === 'string' ? opened : null);
    if (typeof opened !== 'string') onOpen(opened);
  };
  return (
    <section
      aria-label={t('drop')}
      className={classNames(
        'mb-5 grid justify-items-center gap-3 rounded-lg border-2 border-dashed px-6 py-8 text-center',
        over ? 'border-sea bg-sea-wash' : 'border-rope-strong bg-sail',
      )}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void take(event.dataTransfer.files[0]);
      }}
    >
      <FileUp className="size-8 text-ink-soft" aria-hidden="true" />
      <p className="font-semibold">{t('drop')}</p>
      <p className="max-w-prose text-sm text-ink-soft">{t('dropHint', { megabytes: largestMegabytes })}</p>
      {unusable && (
        <p role="alert" className="max-w-prose bg-flare-wash px-3 py-2 text-sm font-medium text-flare-ink">
          {t(`unusable.${unusable}`, { megabytes: largestMegabytes })}
        </p>
      )}
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.tsv,.txt,.ndjson,.jsonl"
        onChange={(event) => {
          void take(event.target.files?.[0]);
          event.target.value = ''; // so that the same file can be chosen again
        }}
      />
      <Button onClick={() => input.current?.click()}>{t('choose')}</Button>
    </section>
  );
}
