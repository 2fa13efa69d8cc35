'use client';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Empty } from '../components/empty';
import { PageHead } from '../components/page-head';
import { Skeleton, SkeletonTitle } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import { isRefused } from '../data/problem';
import { templateQuery } from '../data/templates';
import { TemplateEditor } from './template-editor';

/** One template: what it says on its channel, in every language, and what it said before. */
export function TemplatePage() {
  const id = useSearchParams().get('id') ?? '';
  const t = useTranslations('template');
  const { data, error, refetch } = useQuery({ ...templateQuery(id), enabled: id !== '' });
  const back = { href: '/templates', text: t('back') };
  if (!id || isRefused(error, 'not_found') || isRefused(error, 'invalid_request'))
    return (
      <>
        <PageHead title={t('missing')} back={back} />
        <Empty title={t('missing')}>{t('missingHint')}</Empty>
      </>
    );
  if (data) return <TemplateEditor key={id} template={data} />;
  return (
    <>
      <PageHead title={error ? t('back') : <SkeletonTitle />} back={back} />
      {error ? (
        <Trouble error={error} again={() => void refetch()} />
      ) : (
        <Skeleton lines={12} className="py-5" />
      )}
    </>
  );
}
