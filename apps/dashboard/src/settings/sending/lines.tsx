'use client';
import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../../components/button';

interface Props {
  title: string;
  text: string;
  add: string;
  onAdd: (() => void) | null;
  children: React.ReactNode;
}

/** Rules of one kind, a line each. */
export const Lines = ({ title, text, add, onAdd, children }: Props) => (
  <fieldset className="grid min-w-0 grid-cols-1 gap-3 border-t border-rope pt-4 first:border-0 first:pt-0">
    <legend className="contents">
      <span className="block text-base font-semibold">{title}</span>
    </legend>
    <p className="-mt-2 text-sm text-ink-soft">{text}</p>
    {children}
    {onAdd && (
      <div>
        <Button look="outlined" onClick={onAdd}>
          <Plus aria-hidden="true" />
          {add}
        </Button>
      </div>
    )}
  </fieldset>
);

interface LineProps {
  /** What is wrong with it. */
  error?: string | undefined;
  onRemove: () => void;
  children: React.ReactNode;
}

export function Line({ error, onRemove, children }: LineProps) {
  const t = useTranslations('settings.sending');
  return (
    <div className="grid grid-cols-1 gap-1 rounded-md bg-sunk px-3 py-2">
      <div className="flex items-start gap-2 text-sm">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-2">{children}</div>
        <Button look="plain" aria-label={t('removeLine')} onClick={onRemove}>
          <X aria-hidden="true" />
        </Button>
      </div>
      {error && <p className="text-sm font-medium text-flare-ink">{error}</p>}
    </div>
  );
}

export const small = 'h-11 rounded-md border border-rope-strong bg-sail px-2.5 text-sm sm:h-9';
