'use client';
import { useTranslations } from 'next-intl';
import { classNames } from '../../components/class-names';
import type { Booking } from '../../data/bookings';
import { Link } from '../../i18n/navigation';
import { useTimes } from '../../i18n/times';
import { barsOf } from './bars';
import { BookingBar } from './booking-bar';
import type { Period } from './period';

interface Props {
  week: readonly string[];
  period: Period;
  today: string;
  bookings: readonly Booking[];
}

/** As many lanes as a week of a month has room for. */
const most = 4;

/** Seven days, and the bookings that lie on them. What finds no room in a month is counted, and leads to the list. */
export function Week({ week, period, today, bookings }: Props) {
  const t = useTranslations('bookings.calendar');
  const times = useTimes();
  const monthly = period.kind === 'month';
  const bars = barsOf(bookings, week, times.zone);
  const needed = Math.max(0, ...bars.map(({ lane }) => lane + 1));
  const lanes = monthly && needed > most ? most - 1 : needed;
  const hidden = (day: number) =>
    bars.filter(({ from, to, lane }) => lane >= lanes && from <= day && to >= day).length;
  return (
    <li
      className={classNames('grid grid-cols-7', monthly ? 'min-h-28' : 'min-h-80')}
      style={{
        gridTemplateRows: `1.75rem repeat(${lanes}, ${monthly ? 1.75 : 4.25}rem) minmax(1.5rem, 1fr)`,
      }}
    >
      {week.map((day, at) => (
        <div
          key={day}
          className={classNames(
            'border-rope px-2 py-1 text-xs not-first:border-l',
            monthly && !day.startsWith(period.at) && 'bg-fog text-ink-soft',
          )}
          style={{ gridColumn: at + 1, gridRow: `1 / ${lanes + 3}` }}
        >
          <time
            dateTime={day}
            aria-current={day === today ? 'date' : undefined}
            className="inline-block min-w-5 rounded-sm text-center aria-[current]:bg-ink aria-[current]:px-1 aria-[current]:font-semibold aria-[current]:text-sail"
          >
            {Number(day.slice(8))}
          </time>
        </div>
      ))}
      {bars
        .filter(({ lane }) => lane < lanes)
        .map((bar) => (
          <BookingBar key={bar.booking.id} bar={bar} tall={!monthly} />
        ))}
      {week.map((day, at) =>
        hidden(at) ? (
          <Link
            key={day}
            href={`/bookings?when=between&from=${day}&until=${day}`}
            className="mx-1 h-6 self-start truncate rounded-sm px-1.5 text-xs leading-6 text-sea hover:underline"
            style={{ gridColumn: at + 1, gridRow: lanes + 2 }}
          >
            {t('more', { count: hidden(at) })}
          </Link>
        ) : null,
      )}
    </li>
  );
}
