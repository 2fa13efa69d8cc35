'use client';
import { useTranslations } from 'next-intl';
import { Button } from '../components/button';
import { Trouble } from '../components/trouble';

interface Props {
  title: string;
  /** On the button that does it. */
  act: string;
  busy: boolean;
  error?: unknown;
  onSubmit: () => void;
  /** Without it there is no way out but to leave the page. */
  onClose?: () => void;
  /** One primary button a page: where there are several forms, the others are outlined. */
  look?: 'filled' | 'outlined';
  /** For who may see it but not change it. */
  readOnly?: boolean;
  children: React.ReactNode;
}

/** A form as a part of a page. */
export function FormPanel({
  title,
  act,
  busy,
  error,
  onSubmit,
  onClose,
  look = 'filled',
  readOnly = false,
  children,
}: Props) {
  const t = useTranslations('acts');
  return (
    <form
      aria-label={title}
      className="rounded-lg border border-rope bg-sail"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <h2 className="border-b border-rope px-4 py-3 text-base sm:px-5">{title}</h2>
      <div className="grid grid-cols-1 gap-5 px-4 py-5 sm:px-5">
        <fieldset disabled={readOnly} className="grid min-w-0 grid-cols-1 gap-5">
          {children}
        </fieldset>
        {error ? <Trouble error={error} /> : null}
      </div>
      {!readOnly && (
        <div className="flex flex-wrap justify-end gap-2 border-t border-rope px-4 py-3 sm:px-5">
          {onClose && (
            <Button look="plain" onClick={onClose}>
              {t('cancel')}
            </Button>
          )}
          <Button type="submit" look={look} disabled={busy}>
            {act}
          </Button>
        </div>
      )}
    </form>
  );
}
