'use client';
import type { Timing } from '@halyard/contracts/flows/definition';
import { useLocale, useTranslations } from 'next-intl';
import { scheduleOf } from './cron';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
type Weekday = NonNullable<Timing['weekdays']>[number];

/** Days of the week and times of schedules in words. */
export function useSayTimes() {
  const t = useTranslations('flow.say');
  const locale = useLocale();
  const dayName = (day: Weekday, weekday: 'short' | 'long' = 'short'): string => {
    // The 5th of January 1970 was a Monday.
    const at = new Date(Date.UTC(1970, 0, 5 + weekdays.indexOf(day)));
    return new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' }).format(at);
  };
  const sayWeekdays = (days: readonly Weekday[]): string => {
    const places = days.map((day) => weekdays.indexOf(day)).sort((a, b) => a - b);
    const [first = 0] = places;
    const last = places.at(-1) ?? first;
    const name = (place: number) => dayName(weekdays[place] ?? 'mon');
    if (places.length > 2 && last - first === places.length - 1) return `${name(first)}–${name(last)}`;
    return places.map(name).join(', ');
  };
  const sayCron = (cron: string): string => {
    const plain = scheduleOf(cron);
    if (!plain) return t('cron', { cron });
    const { days, time } = plain;
    if (days === 'daily') return t('daily', { time });
    if ('dayOfMonth' in days) return t('monthly', { day: days.dayOfMonth, time });
    const named = days.weekdays.map((day) => weekdays[(day + 6) % 7] ?? 'mon');
    return t('weekly', { days: sayWeekdays(named), time });
  };
  return { dayName, sayWeekdays, sayCron };
}
