'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button } from '../components/button';
import { Empty } from '../components/empty';
import { Listing } from '../components/listing';
import { bookingsQuery } from '../data/bookings';
import { useTimes } from '../i18n/times';
import { useAddress } from '../i18n/use-address';
import { BookingFilters } from './booking-filters';
import { BookingTable } from './booking-table';
import { filterNames, filterOf, orderOf } from './list-filter';
import { NoBookings } from './no-bookings';

/** What lies ahead, soonest first; or all of it, or what is over, newest first. */
export function BookingList() {
  const t = useTranslations('bookings');
  const times = useTimes();
  const { values, narrowed, set, clear } = useAddress(filterNames);
  const today = times.today();
  const query = useInfiniteQuery(bookingsQuery(filterOf(values, times.zone, today), orderOf(values)));
  return (
    <>
      <BookingFilters values={values} onChange={set} onClear={narrowed ? clear : null} />
      <Listing
        query={query}
        none={
          narrowed ? (
            <Empty title={t('noneSuch')}>
              <Button look="outlined" onClick={clear}>
                {t('clear')}
              </Button>
            </Empty>
          ) : (
            <NoBookings onAll={() => set({ when: 'all' })} />
          )
        }
      >
        {(bookings) => <BookingTable bookings={bookings} />}
      </Listing>
    </>
  );
}
