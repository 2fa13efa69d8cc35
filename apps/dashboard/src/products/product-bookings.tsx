'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { BookingStatus } from '../bookings/booking-status';
import { useGuest } from '../bookings/use-guest';
import { At } from '../components/at';
import { buttonStyle } from '../components/button';
import { Empty } from '../components/empty';
import { Panel } from '../components/panel';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import { bookingsOfProduct } from '../data/bookings';
import type { Product } from '../data/products';
import { Link } from '../i18n/navigation';
import { useMay } from '../shell/use-may';

/** The newest bookings of a product. */
export function ProductBookings({ product: { id } }: { product: Product }) {
  const t = useTranslations('products');
  const guest = useGuest();
  const may = useMay();
  const { data, error, refetch } = useQuery(bookingsOfProduct(id));
  const more = data && data.next_cursor !== null;
  return (
    <Panel
      title={t('bookings')}
      aside={
        may('editor') && (
          <Link
            className={buttonStyle({ look: 'link', size: 'inline' })}
            href={`/bookings?new=1&product_id=${id}`}
          >
            {t('book')}
          </Link>
        )
      }
    >
      {error ? (
        <Trouble error={error} again={() => void refetch()} />
      ) : !data ? (
        <Skeleton lines={5} />
      ) : data.items.length === 0 ? (
        <Empty title={t('noBookings')} />
      ) : (
        <ul className="divide-y divide-rope">
          {data.items.map((booking) => (
            <li key={booking.id} className="relative px-4 py-2 text-sm hover:bg-sea-wash sm:px-5">
              <span className="flex items-baseline justify-between gap-3">
                <Link
                  href={`/booking?id=${booking.id}`}
                  className="min-w-0 truncate font-semibold after:absolute after:inset-0"
                >
                  {guest(booking)}
                </Link>
                <BookingStatus status={booking.status} />
              </span>
              <At instant={booking.starts_at} className="text-ink-soft" />
            </li>
          ))}
        </ul>
      )}
      {more && (
        <p className="border-t border-rope px-5 py-3 text-sm">
          <Link
            className={buttonStyle({ look: 'link', size: 'inline' })}
            href={`/bookings?when=all&product_id=${id}`}
          >
            {t('allBookings')}
          </Link>
        </p>
      )}
    </Panel>
  );
}
