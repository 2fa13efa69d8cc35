'use client';
import { useTranslations } from 'next-intl';
import { problemOf } from '../data/problem';
import { Button } from './button';

/** What went wrong, in the reader's language, and what can be done about it. */
export function Trouble({ error, again }: { error: unknown; again?: () => void }) {
  const t = useTranslations('problems');
  const { code, detail, requestId } = problemOf(error);
  return (
    <div role="alert" className="grid gap-1 border-l-4 border-flare bg-flare-wash px-4 py-3 text-sm">
      <p className="font-semibold text-flare-ink">{t(code)}</p>
      {code === 'invalid_state' || code === 'invalid_request' ? <p>{detail}</p> : null}
      {requestId && code === 'internal_error' ? <p>{t('quote', { id: requestId })}</p> : null}
      {again && (
        <div className="pt-1">
          <Button look="outlined" onClick={again}>
            {t('again')}
          </Button>
        </div>
      )}
    </div>
  );
}
