'use client';
import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { Empty } from '../components/empty';
import { PageHead } from '../components/page-head';
import { Skeleton, SkeletonTitle } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import { campaignQuery } from '../data/campaigns';
import { isRefused } from '../data/problem';
import { useRouter } from '../i18n/navigation';
import { useAddress } from '../i18n/use-address';
import { useMay } from '../shell/use-may';
import { CampaignView } from './campaign-view';

const CampaignForm = dynamic(() => import('./campaign-form').then((file) => file.CampaignForm), {
  ssr: false,
  loading: () => <Skeleton lines={10} />,
});

/** One campaign: a new one without an id in the address, else how it stands, or its form. */
export function CampaignPage() {
  const t = useTranslations('campaign');
  const may = useMay()('editor');
  const router = useRouter();
  const { values, set } = useAddress(['id', 'edit']);
  const { id } = values;
  const { data, error, refetch } = useQuery({ ...campaignQuery(id), enabled: id !== '' });
  const back = { href: '/campaigns', text: t('back') };
  const missing = isRefused(error, 'not_found') || isRefused(error, 'invalid_request') || (!id && !may);
  if (missing)
    return (
      <>
        <PageHead title={t('missing')} back={back} />
        <Empty title={t('missing')}>{t('missingHint')}</Empty>
      </>
    );
  if (!id)
    return (
      <>
        <PageHead title={t('newTitle')} text={t('newText')} back={back} />
        <CampaignForm
          campaign={null}
          onSaved={(made) => router.replace(`/campaign?id=${made.id}`)}
          onCancel={() => router.push('/campaigns')}
        />
      </>
    );
  if (error) return <Trouble error={error} again={() => void refetch()} />;
  if (!data)
    return (
      <>
        <PageHead title={<SkeletonTitle />} back={back} />
        <Skeleton lines={10} />
      </>
    );
  if (values.edit && may && isEditable(data.status)) {
    const close = () => set({ edit: '' });
    return (
      <>
        <PageHead title={data.name} text={t('newText')} back={back} />
        <CampaignForm key={data.updated_at} campaign={data} onSaved={close} onCancel={close} />
      </>
    );
  }
  return (
    <CampaignView campaign={data} onEdit={may && isEditable(data.status) ? () => set({ edit: '1' }) : null} />
  );
}

const isEditable = (status: string): boolean => status === 'draft' || status === 'scheduled';
