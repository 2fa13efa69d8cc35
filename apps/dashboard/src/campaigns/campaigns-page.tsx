'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button, buttonStyle } from '../components/button';
import { Empty } from '../components/empty';
import { Listing } from '../components/listing';
import { PageHead } from '../components/page-head';
import { Select } from '../components/select';
import { campaignStatuses, campaignsQuery } from '../data/campaigns';
import { Link } from '../i18n/navigation';
import { useTimes } from '../i18n/times';
import { useAddress } from '../i18n/use-address';
import { useMay } from '../shell/use-may';
import { CampaignTable } from './campaign-table';

/** All campaigns, with how far they are. */
export function CampaignsPage() {
  const t = useTranslations();
  const times = useTimes();
  const may = useMay()('editor');
  const { values, narrowed, set, clear } = useAddress(['status']);
  const query = useInfiniteQuery(campaignsQuery(values.status));
  const write = may && (
    <Link href="/campaign" className={buttonStyle()}>
      <Plus aria-hidden="true" />
      {t('campaigns.new')}
    </Link>
  );
  const none = !narrowed && query.data?.pages[0]?.items.length === 0;
  return (
    <>
      <PageHead title={t('campaigns.title')} text={t('campaigns.text', { zone: times.zone })}>
        {!none && write}
      </PageHead>
      {!none && (
        <search className="mb-4 grid sm:flex">
          <Select
            label={t('campaigns.statusLabel')}
            value={values.status}
            options={[
              ['', t('list.all')],
              ...campaignStatuses.map((one) => [one, t(`campaigns.status.${one}`)] as const),
            ]}
            onChange={(status) => set({ status })}
          />
        </search>
      )}
      <Listing
        query={query}
        none={
          narrowed ? (
            <Empty title={t('campaigns.noneSuch')}>
              <Button look="outlined" onClick={clear}>
                {t('list.clear')}
              </Button>
            </Empty>
          ) : (
            <Empty title={t('campaigns.none')}>
              <p className="mb-4">{t('campaigns.noneHint')}</p>
              {write}
            </Empty>
          )
        }
      >
        {(campaigns) => <CampaignTable campaigns={campaigns} />}
      </Listing>
    </>
  );
}
