'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Empty } from '../components/empty';
import { ListAndDetail } from '../components/list-and-detail';
import { Listing } from '../components/listing';
import { Select } from '../components/select';
import { alertsQuery } from '../data/alerts';
import { useAddress } from '../i18n/use-address';
import { AlertList } from './alert-list';
import { AlertView } from './alert-view';
import { WatchedServices } from './watched-services';

const statuses = ['open', 'firing', 'acknowledged', 'silenced', 'resolved'] as const;

export function OpenAlerts() {
  const t = useTranslations('alerts');
  const { values, set } = useAddress(['status', 'id']);
  const status = statuses.find((one) => one === values.status) ?? 'open';
  const query = useInfiniteQuery(alertsQuery(status));
  const shown = values.id || query.data?.pages[0]?.items[0]?.id;
  return (
    <div className="grid gap-5">
      <WatchedServices />
      <ListAndDetail
        chosen={values.id !== ''}
        list={
          <>
            <search className="mb-3 grid">
              <Select
                label={t('show')}
                value={status}
                options={statuses.map((one) => [one, t(`statuses.${one}`)])}
                onChange={(one) => set({ status: one === 'open' ? '' : one, id: '' })}
              />
            </search>
            <Listing query={query} none={<None open={status === 'open'} />}>
              {(alerts) => <AlertList alerts={alerts} shown={shown} onChoose={(id) => set({ id })} />}
            </Listing>
          </>
        }
        detail={
          shown && (
            <AlertView
              key={shown}
              id={shown}
              onBack={() => set({ id: '' })}
              onActed={() => set({ id: shown })}
            />
          )
        }
      />
    </div>
  );
}

function None({ open }: { open: boolean }) {
  const t = useTranslations('alerts');
  return (
    <Empty signal={open ? 'good' : 'lowered'} title={t(open ? 'noneOpen' : 'none')}>
      {open && t('noneOpenHint')}
    </Empty>
  );
}
