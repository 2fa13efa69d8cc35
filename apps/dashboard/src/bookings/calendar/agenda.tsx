'use client';
import { useTranslations } from 'next-intl';
import { Empty } from '../../components/empty';
import type { Booking } from '../../data/bookings';
import { Link } from '../../i18n/navigation';
import { useTimes } from '../../i18n/times';
import { BookingStatus } from '../booking-status';
import { useGuest } from '../use-guest';
import { daysOf } from './bars';
import type { Period } from './period';

/** The same on a phone: day by day, only those on which something begins. */
export function Agenda({ period, bookings }: { period: Period; bookings: readonly Booking[] }) {
  const t = useTranslations('bookings.calendar');
  const times = useTimes();
  const days = period.weeks.flat().filter((day) => period.kind === 'week' || day.startsWith(period.at));
  const found = byDay(bookings, days, times.zone);
  return (
    <div className="sm:hidden">
      {found.length === 0 && <Empty title={t('none')} />}
      {found.map(([day, those]) => (
        <section key={day} className="border-b border-rope last:border-b-0">
          <h3 className="px-4 pt-3 pb-1 text-sm text-ink-soft">
            {times.calendarDay(day, { weekday: 'long', day: 'numeric', month: 'long' })}
          </h3>
          <ul className="pb-2">
            {those.map((booking) => (
              <Entry key={booking.id} booking={booking} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Entry({ booking }: { booking: Booking }) {
  const times = useTimes();
  const guest = useGuest();
  return (
    <li>
      <Link
        href={`/booking?id=${booking.id}`}
        className="flex min-h-11 items-start gap-3 px-4 py-1.5 text-sm hover:bg-sea-wash"
      >
        <span className="w-11 shrink-0 tabular-nums">{times.time(booking.starts_at)}</span>
        <span className="min-w-0 flex-1">
          <span className="block truncate font-semibold">{guest(booking)}</span>
          {booking.product && <span className="block truncate text-ink-soft">{booking.product.name}</span>}
        </span>
        <BookingStatus status={booking.status} />
      </Link>
    </li>
  );
}

/** Under the day on which each begins; what began earlier and goes on, under the first. */
function byDay(bookings: readonly Booking[], days: readonly string[], zone: string): [string, Booking[]][] {
  const [first = '', last = ''] = [days.at(0), days.at(-1)];
  const found = new Map<string, Booking[]>();
  for (const booking of bookings) {
    const [begins, ends] = daysOf(booking, zone);
    if (ends < first || begins > last) continue;
    const day = days.includes(begins) ? begins : first;
    found.set(day, [...(found.get(day) ?? []), booking]);
  }
  return [...found];
}
