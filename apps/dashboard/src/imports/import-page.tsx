'use client';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { buttonStyle } from '../components/button';
import { Empty } from '../components/empty';
import { PageHead } from '../components/page-head';
import { Panel } from '../components/panel';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import { importQuery } from '../data/imports';
import { isRefused } from '../data/problem';
import { Link } from '../i18n/navigation';
import { useTimes } from '../i18n/times';
import { CancelImport } from './cancel-import';
import { ImportProgress } from './import-progress';
import { Rejects } from './rejects';

/** One import or check: how far it is, what it did, and what it could not take. */
export function ImportPage() {
  const id = useSearchParams().get('id') ?? '';
  const t = useTranslations('imports');
  const times = useTimes();
  const { data, error, refetch } = useQuery(importQuery(id));
  const missing = !id || isRefused(error, 'not_found') || isRefused(error, 'invalid_request');
  const back = { href: '/imports', text: t('title') };
  if (missing)
    return (
      <>
        <PageHead title={<span className="sr-only">{t('missing')}</span>} back={back} />
        <Empty title={t('missing')}>{t('missingHint')}</Empty>
      </>
    );
  if (error && !data) return <Trouble error={error} again={() => void refetch()} />;
  if (!data) return <Skeleton lines={6} className="py-5" />;
  const kind = t(data.dry_run ? 'check' : 'import');
  return (
    <>
      <PageHead
        back={back}
        title={<span className="break-words">{data.file_name ?? t('unnamed')}</span>}
        text={`${kind} · ${times.moment(data.created_at)} (${times.zone})`}
      >
        <CancelImport of={data} />
        {data.status === 'completed' && !data.dry_run && (
          <Link href="/contacts" className={buttonStyle({ look: 'filled' })}>
            {t('toContacts')}
          </Link>
        )}
        {data.status === 'completed' && data.dry_run && (
          <Link href="/imports" className={buttonStyle({ look: 'filled' })}>
            {t('importItNow')}
          </Link>
        )}
      </PageHead>
      <div className="grid gap-5">
        <Panel title={t('progress')}>
          <ImportProgress of={data} />
        </Panel>
        <Rejects of={data} />
      </div>
    </>
  );
}
