'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Empty } from '../components/empty';
import { Listing } from '../components/listing';
import { Select } from '../components/select';
import { failuresQuery } from '../data/alerts';
import { useAddress } from '../i18n/use-address';
import { FailureList } from './failure-list';

const statuses = ['open', 'resolved'] as const;

/** What other services reported, and jobs of Halyard's own that failed for good. */
export function FailuresPart() {
  const t = useTranslations('alerts');
  const { values, set } = useAddress(['status']);
  const status = statuses.find((one) => one === values.status) ?? 'open';
  return (
    <>
      <search className="mb-3 grid justify-start">
        <Select
          label={t('show')}
          value={status}
          options={statuses.map((one) => [one, t(`failure.statuses.${one}`)])}
          onChange={(one) => set({ status: one === 'open' ? '' : one })}
        />
      </search>
      <Listing
        query={useInfiniteQuery(failuresQuery(status))}
        none={
          <Empty signal={status === 'open' ? 'good' : 'lowered'} title={t(`failure.none.${status}`)}>
            {t('failure.noneHint')}
          </Empty>
        }
      >
        {(failures) => <FailureList failures={failures} />}
      </Listing>
    </>
  );
}
