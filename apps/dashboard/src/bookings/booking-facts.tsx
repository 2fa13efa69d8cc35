'use client';
import { useTranslations } from 'next-intl';
import { At } from '../components/at';
import type { Booking } from '../data/bookings';
import { Link } from '../i18n/navigation';
import { useTimes } from '../i18n/times';
import { localOf } from '../i18n/zoned';
import { useGuest } from './use-guest';

const link = 'text-sea underline decoration-1 underline-offset-3 hover:text-sea-deep';

/** The booking at a glance. */
export function BookingFacts({ booking }: { booking: Booking }) {
  const t = useTranslations('booking.facts');
  const guest = useGuest();
  const { zone } = useTimes();
  const { contact, product, time_zone } = booking;
  const elsewhere = time_zone !== zone && localOf(booking.starts_at, time_zone).replace('T', ' ');
  const at = (instant: string | null) => instant && <At instant={instant} />;
  const to = (href: string, text: string) => (
    <Link className={link} href={href}>
      {text}
    </Link>
  );
  const facts: [string, React.ReactNode][] = [
    [t('contact'), contact ? to(`/contact?id=${contact.id}`, guest(booking)) : guest(booking)],
    [t('address'), contact?.name && contact.address],
    [t('product'), product && to(`/products?id=${product.id}`, product.name)],
    [t('start'), at(booking.starts_at)],
    [t('end'), at(booking.ends_at)],
    [t('elsewhere', { zone: time_zone }), elsewhere],
    [t('checkedIn'), at(booking.checked_in_at)],
    [t('completed'), at(booking.completed_at)],
    [t('cancelled'), at(booking.cancelled_at)],
    [t('cancelReason'), booking.cancel_reason],
    [t('externalId'), booking.external_id],
    [t('created'), at(booking.created_at)],
    ...Object.entries(booking.attributes).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 text-sm sm:grid-cols-3 lg:grid-cols-5">
      {facts.map(([term, value]) =>
        value ? (
          <div key={term} className="min-w-0">
            <dt className="text-xs text-ink-soft">{term}</dt>
            <dd className="break-words">{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}
