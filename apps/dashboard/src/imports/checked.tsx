'use client';
import { useTranslations } from 'next-intl';
import { Panel } from '../components/panel';
import type { Import } from '../data/imports';
import { ImportProgress } from './import-progress';
import { Rejects } from './rejects';

/** What a check found so far. */
export function Checked({ check }: { check: Import }) {
  const t = useTranslations('imports');
  return (
    <>
      <Panel title={t('checked')} aside={t('checkedHint')}>
        <ImportProgress of={check} />
      </Panel>
      <Rejects of={check} />
    </>
  );
}
