import type { BookingFilter } from '../data/bookings';
import { instantOf } from '../i18n/zoned';
import { addDays } from './calendar/days';

/** What narrows the list, as the address names it. */
export const filterNames = ['when', 'from', 'until', 'status', 'product_id', 'contact_id'] as const;
export type ListFilter = Record<(typeof filterNames)[number], string>;

/**
 * The filter as the API takes it. Days are those of the zone; `when` is '' for today and later, `past` for what began
 * before today, `between` for `from` and `until` and the days between them, `all`.
 */
export function filterOf(values: ListFilter, zone: string, today: string): BookingFilter {
  const { when, from, until, status, product_id, contact_id } = values;
  const midnight = (day: string) => (day && instantOf(`${day}T00:00`, zone)) || '';
  const between = when === 'between';
  return {
    status,
    product_id,
    contact_id,
    starts_from: midnight(between ? from : when === '' ? today : ''),
    starts_before: midnight(between ? until && addDays(until, 1) : when === 'past' ? today : ''),
  };
}

/** What is ahead or between two days is read in its order, all else newest first. */
export const orderOf = ({ when }: ListFilter): 'newest' | 'start' =>
  when === '' || when === 'between' ? 'start' : 'newest';
