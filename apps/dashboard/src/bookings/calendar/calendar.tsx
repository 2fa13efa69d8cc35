'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Skeleton } from '../../components/skeleton';
import { Trouble } from '../../components/trouble';
import { bookingsBetween } from '../../data/bookings';
import { useTimes } from '../../i18n/times';
import { useAddress } from '../../i18n/use-address';
import { instantOf } from '../../i18n/zoned';
import { Agenda } from './agenda';
import { CalendarHead } from './calendar-head';
import { addDays } from './days';
import { periodOf } from './period';
import { Week } from './week';

/** A booking that began this long before may still lie on the first of the days that are shown. */
const longest = 31;

/** Bookings on their days, by the clock of the organization: a month or a week, on a phone an agenda. */
export function Calendar() {
  const t = useTranslations('bookings.calendar');
  const times = useTimes();
  const { values, set } = useAddress(['month', 'week'] as const);
  const today = times.today();
  const period = periodOf(values.month, values.week, today);
  const days = period.weeks.flat();
  const midnight = (day: string) => instantOf(`${day}T00:00`, times.zone) ?? '';
  const from = midnight(addDays(days[0] ?? today, -longest));
  const before = midnight(addDays(days.at(-1) ?? today, 1));
  const { data, error, refetch } = useQuery({
    ...bookingsBetween(from, before),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <CalendarHead period={period} today={today} onChange={set} />
      <div className="overflow-hidden rounded-lg border border-rope bg-sail">
        {error && <Trouble error={error} again={() => void refetch()} />}
        {!error && !data && <Skeleton lines={14} />}
        {data && (
          <>
            <div className="hidden sm:block">
              <div className="grid grid-cols-7 border-b border-rope text-xs font-semibold text-ink-soft">
                {days.slice(0, 7).map((day) => (
                  <span key={day} className="px-2 py-1.5">
                    {times.calendarDay(day, { weekday: 'short' })}
                  </span>
                ))}
              </div>
              <ol aria-label={t('weeks')} className="divide-y divide-rope">
                {period.weeks.map((week) => (
                  <Week key={week[0]} {...{ week, period, today }} bookings={data} />
                ))}
              </ol>
            </div>
            <Agenda period={period} bookings={data} />
          </>
        )}
      </div>
    </>
  );
}
