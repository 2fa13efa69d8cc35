'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Empty } from '../../components/empty';
import { Listing } from '../../components/listing';
import { Select } from '../../components/select';
import type { Delivery } from '../../data/settings';
import { deliveriesQuery } from '../../data/settings';
import { useMay } from '../../shell/use-may';
import { DeliveryRow } from './delivery-row';
import { ReplayForm } from './replay-form';

const statuses = ['pending', 'delivered', 'failed', 'cancelled'] as const;

/** What an endpoint was told, newest first; read again while something is still on its way. */
export function Deliveries({ endpointId }: { endpointId: string }) {
  const t = useTranslations('settings.webhooks');
  const list = useTranslations('list');
  const may = useMay();
  const [status, setStatus] = useState<Delivery['status'] | ''>('');
  const query = useInfiniteQuery({
    ...deliveriesQuery(endpointId, status),
    refetchInterval: ({ state }) =>
      state.data?.pages[0]?.items.some((one) => one.status === 'pending') ? 3_000 : false,
  });
  return (
    <section aria-labelledby="deliveries">
      <div className="mb-3 flex flex-wrap items-end justify-between gap-3">
        <h2 id="deliveries" className="text-base">
          {t('deliveries')}
        </h2>
        <Select
          label={t('status')}
          value={status}
          options={[['', list('all')], ...statuses.map((one) => [one, t(`statuses.${one}`)] as const)]}
          onChange={(next) => setStatus(next as typeof status)}
        />
      </div>
      {may('admin') && <ReplayForm endpointId={endpointId} />}
      <Listing query={query} none={<Empty title={t('noDeliveries')}>{t('noDeliveriesHint')}</Empty>}>
        {(deliveries) => (
          <ul className="divide-y divide-rope">
            {deliveries.map((delivery) => (
              <DeliveryRow key={delivery.id} delivery={delivery} />
            ))}
          </ul>
        )}
      </Listing>
    </section>
  );
}
