'use client';
import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from './button';

/** Copies a text. Where the browser has no clipboard (a page without https), the text is there to be selected. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const t = useTranslations('acts');
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard?.writeText(text);
    setCopied(navigator.clipboard !== undefined);
  };
  const Icon = copied ? Check : Copy;
  return (
    <Button look="outlined" aria-label={label} onClick={() => void copy().catch(() => {})}>
      <Icon aria-hidden="true" />
      <span aria-live="polite">{t(copied ? 'copied' : 'copy')}</span>
    </Button>
  );
}
