'use client';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Empty } from '../components/empty';
import { PageHead } from '../components/page-head';
import { Skeleton, SkeletonTitle } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import { editedFlowQuery } from '../data/flows';
import { isRefused } from '../data/problem';
import { FlowEditor } from './flow-editor';

/** One flow: its definition as form and canvas, what it would do, what it did. */
export function FlowPage() {
  const id = useSearchParams().get('id') ?? '';
  const t = useTranslations('flow');
  const { data, error, refetch } = useQuery({ ...editedFlowQuery(id), enabled: id !== '' });
  const back = { href: '/flows', text: t('back') };
  if (!id || isRefused(error, 'not_found') || isRefused(error, 'invalid_request'))
    return (
      <>
        <PageHead back={back} title={t('missing')} />
        <Empty title={t('missing')}>{t('missingHint')}</Empty>
      </>
    );
  if (data) return <FlowEditor key={id} edited={data} />;
  return (
    <>
      <PageHead back={back} title={<SkeletonTitle />} />
      {error ? <Trouble error={error} again={() => void refetch()} /> : <Skeleton lines={10} />}
    </>
  );
}
