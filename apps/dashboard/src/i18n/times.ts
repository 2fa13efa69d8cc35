'use client';
import { useQuery } from '@tanstack/react-query';
import { useFormatter, useLocale } from 'next-intl';
import { organizationQuery } from '../data/queries';
import type { Language } from './locales';
import { dayOf } from './zoned';

/** Dates as the API's sentences write them: the day before the month, and 24 hours. */
const conventions: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };

const brief = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const;

/** Times on the clock of the organization, or of another zone, and which clock that is. */
export function useTimes(zone?: string) {
  const format = useFormatter();
  const locale = conventions[useLocale()];
  const { data } = useQuery(organizationQuery);
  const timeZone = zone ?? data?.time_zone ?? 'UTC';
  const show = (instant: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(new Date(instant));
  return {
    zone: timeZone,
    /** The present day there, `YYYY-MM-DD`. */
    today: () => dayOf(Date.now(), timeZone),
    time: (instant: string) => show(instant, { hour: '2-digit', minute: '2-digit' }),
    day: (instant: string) => show(instant, { weekday: 'long', day: 'numeric', month: 'long' }),
    /** Of a date that stands in some zone already: 2026-05-01. */
    date: (date: string) =>
      new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
        new Date(date),
      ),
    moment: (instant: string) => show(instant, { dateStyle: 'medium', timeStyle: 'short' }),
    /** With its zone, for where it stands alone. */
    exact: (instant: string) => `${show(instant, { dateStyle: 'full', timeStyle: 'medium' })} (${timeZone})`,
    /** From when to when; what both have in common is said once. */
    range: (from: string, to: string) =>
      new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).formatRange(
        new Date(from),
        new Date(to),
      ),
    /** Where there is little room: with its weekday in the present year, with its year in others. */
    brief: (instant: string) => {
      const year = (at: string | number) => dayOf(at, timeZone).slice(0, 4);
      const more =
        year(instant) === year(Date.now()) ? ({ weekday: 'short' } as const) : ({ year: 'numeric' } as const);
      return show(instant, { ...brief, ...more });
    },
    shortDay: (instant: string) => show(instant, { weekday: 'short', day: 'numeric', month: 'short' }),
    full: (instant: string) => show(instant, { dateStyle: 'full', timeStyle: 'short' }),
    /** A day of the calendar, `YYYY-MM-DD`, which is in no zone. */
    calendarDay: (day: string, options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`)),
    calendarDays: (from: string, to: string, options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).formatRange(
        new Date(`${from}T00:00:00Z`),
        new Date(`${to}T00:00:00Z`),
      ),
    relative: (instant: string) => format.relativeTime(new Date(instant), Date.now()),
  };
}
