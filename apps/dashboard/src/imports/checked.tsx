'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Button } from '../components/button';
import { Panel } from '../components/panel';
import type { Import } from '../data/imports';
import { ImportProgress } from './import-progress';
import { Rejects } from './rejects';
import { useFigures } from './use-figures';

interface Props {
  check: Import;
  busy: boolean;
  onImport: () => void;
}

/** What a check found so far, and the way to the import itself. */
export function Checked({ check, busy, onImport }: Props) {
  const t = useTranslations('imports');
  const { count } = useFigures();
  const place = useRef<HTMLDivElement>(null);
  // Below many columns nobody would see that anything happens.
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'start' }); // new browsers answer a promise, which is no clean-up
  }, []);
  const taken = check.rows_read - check.rejected;
  return (
    <div ref={place} className="grid scroll-mt-4 gap-5">
      <Panel title={t('checked')} aside={t('checkedHint')}>
        <ImportProgress of={check} />
        {check.status === 'completed' && (
          <div className="border-t border-rope p-4 sm:p-5">
            {taken > 0 ? (
              <Button disabled={busy} onClick={onImport}>
                {t('importNow', { count: count(taken) })}
              </Button>
            ) : (
              <p className="text-sm font-medium text-flare-ink">{t('noneTaken')}</p>
            )}
          </div>
        )}
      </Panel>
      <Rejects of={check} />
    </div>
  );
}
