'use client';
import { classNames } from '../../components/class-names';
import type { Booking } from '../../data/bookings';
import { Link } from '../../i18n/navigation';
import { useTimes } from '../../i18n/times';
import { useGuest } from '../use-guest';
import type { Bar } from './bars';

const looks: Record<Booking['status'], string> = {
  confirmed: 'border-sea bg-sea-wash',
  checked_in: 'border-kelp bg-kelp-wash',
  completed: 'border-kelp bg-sunk',
  cancelled: 'border-rope-strong bg-sunk text-ink-soft line-through',
};

/** A booking across its days of a week; open where it comes from an earlier one or goes on into a later one. */
export function BookingBar({ bar, tall }: { bar: Bar; tall: boolean }) {
  const { booking, from, to, lane, continued, continues } = bar;
  const times = useTimes();
  const guest = useGuest()(booking);
  const dates = `${times.moment(booking.starts_at)} – ${times.moment(booking.ends_at)}`;
  return (
    <Link
      href={`/booking?id=${booking.id}`}
      title={[guest, booking.product?.name, dates].filter(Boolean).join(', ')}
      className={classNames(
        'z-1 block px-1.5 text-xs hover:underline',
        tall ? 'mb-1 overflow-hidden py-1' : 'h-6 truncate leading-6',
        looks[booking.status],
        !continued && 'ml-1 rounded-l-sm border-l-3',
        !continues && 'mr-1 rounded-r-sm',
      )}
      style={{ gridColumn: `${from + 1} / ${to + 2}`, gridRow: lane + 2 }}
    >
      {!continued && (
        <span className={classNames('font-semibold tabular-nums', tall ? 'block' : 'mr-1')}>
          {times.time(booking.starts_at)}
        </span>
      )}
      <span className={classNames(tall && 'block truncate')}>{guest}</span>
      {booking.product && (
        <span className={classNames('text-ink-soft', tall && 'block truncate')}>
          {!tall && ' · '}
          {booking.product.name}
        </span>
      )}
    </Link>
  );
}
