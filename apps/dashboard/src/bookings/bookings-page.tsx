'use client';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { Button, buttonStyle } from '../components/button';
import { PageHead } from '../components/page-head';
import { Skeleton } from '../components/skeleton';
import { Tabs } from '../components/tabs';
import { Link } from '../i18n/navigation';
import { useTimes } from '../i18n/times';
import { useAddress } from '../i18n/use-address';
import { useMay } from '../shell/use-may';
import { BookingList } from './booking-list';

// The list comes with the page; what else it shows is loaded when it is asked for.
const loading = () => <Skeleton lines={10} />;
const Calendar = dynamic(() => import('./calendar/calendar').then((m) => m.Calendar), {
  ssr: false,
  loading,
});
const NewBooking = dynamic(() => import('./new-booking').then((m) => m.NewBooking), { ssr: false, loading });

const shown = ['view', 'new', 'contact_id', 'product_id'] as const;

/** Bookings as a list or on a calendar, and a form for a new one. */
export function BookingsPage() {
  const t = useTranslations('bookings');
  const times = useTimes();
  const may = useMay();
  const { values, set } = useAddress(shown);
  const making = values.new !== '' && may('editor');
  return (
    <>
      <PageHead title={t('title')} text={t('text', { zone: times.zone })}>
        <Link className={buttonStyle({ look: 'outlined' })} href="/products">
          {t('toProducts')}
        </Link>
        {may('editor') && !making && <Button onClick={() => set({ new: '1' })}>{t('new')}</Button>}
      </PageHead>
      {making ? (
        <NewBooking
          contactId={values.contact_id}
          productId={values.product_id}
          onClose={() => set({ new: '' })}
        />
      ) : (
        <>
          <Tabs
            label={t('views.label')}
            value={values.view === 'calendar' ? 'calendar' : 'list'}
            tabs={[
              ['list', t('views.list')],
              ['calendar', t('views.calendar')],
            ]}
            onChoose={(view) => set({ view: view === 'list' ? '' : view })}
          />
          {values.view === 'calendar' ? <Calendar /> : <BookingList />}
        </>
      )}
    </>
  );
}
