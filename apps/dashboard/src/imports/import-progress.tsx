'use client';
import { useTranslations } from 'next-intl';
import type { Import } from '../data/imports';
import { isMoving } from '../data/imports';
import { ImportStatus } from './import-status';
import { useFigures } from './use-figures';

const figures = ['rows_read', 'created', 'updated', 'unchanged', 'rejected'] as const;

/** How far an import is, and what it did so far; of a check, what it would do. */
export function ImportProgress({ of: one }: { of: Import }) {
  const t = useTranslations('imports');
  const { count } = useFigures();
  const percent = Math.round(one.progress * 100);
  return (
    <div className="grid gap-4 p-4 sm:p-5">
      <div className="flex items-center gap-3">
        <ImportStatus of={one} />
        {isMoving(one) && (
          <>
            <div
              role="progressbar"
              aria-label={t('progress')}
              aria-valuenow={percent}
              className="h-2 min-w-0 flex-1 overflow-hidden rounded-sm bg-sunk"
            >
              <div className="h-full bg-sea transition-[width]" style={{ width: `${percent}%` }} />
            </div>
            <span className="text-sm tabular-nums">{percent} %</span>
          </>
        )}
      </div>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-5">
        {figures.map((name) => (
          <div key={name} className="flex flex-col-reverse">
            <dt className="text-xs text-ink-soft">{t(`${one.dry_run ? 'would' : 'did'}.${name}`)}</dt>
            <dd
              className={`text-lg font-semibold tabular-nums ${name === 'rejected' && one.rejected ? 'text-flare-ink' : ''}`}
            >
              {count(one[name])}
            </dd>
          </div>
        ))}
      </dl>
      {one.error && (
        <p className="border-l-4 border-flare bg-flare-wash px-4 py-3 text-sm text-flare-ink">{one.error}</p>
      )}
      {one.ignored_columns.length > 0 && (
        <p className="text-sm text-ink-soft">{t('ignored', { columns: one.ignored_columns.join(', ') })}</p>
      )}
    </div>
  );
}
