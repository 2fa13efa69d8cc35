'use client';
import { useTranslations } from 'next-intl';
import { At } from '../components/at';
import type { Column } from '../components/data-table';
import { DataTable } from '../components/data-table';
import type { Booking } from '../data/bookings';
import { useTimes } from '../i18n/times';
import { BookingStatus } from './booking-status';
import { useGuest } from './use-guest';

export function BookingTable({ bookings }: { bookings: readonly Booking[] }) {
  const t = useTranslations('bookings');
  const guest = useGuest();
  const times = useTimes();
  const columns: Column<Booking>[] = [
    { id: 'contact', title: t('columns.contact'), cell: guest },
    { id: 'product', title: t('columns.product'), cell: ({ product }) => product?.name ?? '–' },
    {
      id: 'when',
      title: t('columns.when'),
      cell: ({ starts_at, ends_at }) => (
        <time dateTime={starts_at} title={times.exact(starts_at)}>
          {times.range(starts_at, ends_at)}
        </time>
      ),
    },
    {
      id: 'address',
      title: t('columns.address'),
      hidden: true,
      cell: ({ contact }) => contact?.address ?? '–',
    },
    {
      id: 'external_id',
      title: t('columns.externalId'),
      hidden: true,
      cell: ({ external_id }) => external_id ?? '–',
    },
    {
      id: 'created',
      title: t('columns.created'),
      hidden: true,
      cell: ({ created_at }) => <At instant={created_at} />,
    },
    { id: 'status', title: t('columns.status'), cell: ({ status }) => <BookingStatus status={status} /> },
  ];
  return (
    <DataTable
      label={t('title')}
      name="bookings"
      rows={bookings}
      columns={columns}
      keyOf={({ id }) => id}
      href={({ id }) => `/booking?id=${id}`}
    />
  );
}
