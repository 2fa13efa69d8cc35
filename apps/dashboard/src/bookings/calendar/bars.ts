import type { Booking } from '../../data/bookings';
import { dayOf } from '../../i18n/zoned';

/** A booking as it lies in one week: from which to which of its seven days, and in which lane. */
export interface Bar {
  booking: Booking;
  from: number;
  to: number;
  lane: number;
  /** It began in an earlier week, it goes on in a later one. */
  continued: boolean;
  continues: boolean;
}

/** First and last day of a booking. One that ends at midnight does not touch the next day. */
export function daysOf(
  { starts_at, ends_at }: Pick<Booking, 'starts_at' | 'ends_at'>,
  zone: string,
): [string, string] {
  const start = Date.parse(starts_at);
  return [dayOf(start, zone), dayOf(Math.max(start, Date.parse(ends_at) - 1), zone)];
}

/** The bookings of a week, each in the first lane that is free on all its days. They come in the order of their start. */
export function barsOf(bookings: readonly Booking[], week: readonly string[], zone: string): Bar[] {
  const [monday = '', sunday = ''] = [week.at(0), week.at(-1)];
  const busyUntil: number[] = [];
  return bookings.flatMap((booking) => {
    const [first, last] = daysOf(booking, zone);
    if (last < monday || first > sunday) return [];
    const from = Math.max(week.indexOf(first), 0);
    const to = last > sunday ? week.length - 1 : week.indexOf(last);
    const free = busyUntil.findIndex((until) => until < from);
    const lane = free === -1 ? busyUntil.length : free;
    busyUntil[lane] = to;
    return [{ booking, from, to, lane, continued: first < monday, continues: last > sunday }];
  });
}
