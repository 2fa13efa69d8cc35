'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { BookOpenText, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button, buttonStyle } from '../components/button';
import { Empty } from '../components/empty';
import { Listing } from '../components/listing';
import { PageHead } from '../components/page-head';
import { Select } from '../components/select';
import type { FlowStatus } from '../data/flows';
import { flowPagesQuery } from '../data/flows';
import { Link } from '../i18n/navigation';
import { useAddress } from '../i18n/use-address';
import { useMay } from '../shell/use-may';
import { FlowTable } from './flow-table';
import { NewFlow } from './new-flow';

const statuses: readonly FlowStatus[] = ['live', 'draft', 'paused', 'archived'];

/** All flows, and the two ways to a new one. */
export function FlowsPage() {
  const t = useTranslations('flows');
  const may = useMay();
  const editor = may('editor');
  const { values, set } = useAddress(['status', 'new']);
  const status = statuses.find((one) => one === values.status) ?? '';
  const query = useInfiniteQuery(flowPagesQuery(status));
  const create = () => set({ new: 'yes' });
  const making = editor && values.new !== '';
  return (
    <>
      <PageHead title={t('title')} text={t('text')}>
        <Link href="/recipes" className={buttonStyle({ look: 'outlined' })}>
          <BookOpenText aria-hidden="true" />
          {t('recipes')}
        </Link>
        {editor && !making && (
          <Button onClick={create}>
            <Plus aria-hidden="true" />
            {t('create')}
          </Button>
        )}
      </PageHead>
      {making && <NewFlow onClose={() => set({ new: '' })} />}
      <search className="mb-4 flex">
        <Select
          label={t('state')}
          value={status}
          options={[['', t('notArchived')], ...statuses.map((one) => [one, t(`status.${one}`)] as const)]}
          onChange={(next) => set({ status: next })}
        />
      </search>
      <Listing
        query={query}
        none={
          status ? (
            <Empty title={t('noneSuch')}>
              <Button look="outlined" onClick={() => set({ status: '' })}>
                {t('showAll')}
              </Button>
            </Empty>
          ) : (
            <Empty title={t('none')}>
              <p className="mb-4">{t('noneHint')}</p>
              <Link href="/recipes" className={buttonStyle({ look: 'outlined' })}>
                {t('toRecipes')}
              </Link>
            </Empty>
          )
        }
      >
        {(flows) => <FlowTable flows={flows} />}
      </Listing>
    </>
  );
}
