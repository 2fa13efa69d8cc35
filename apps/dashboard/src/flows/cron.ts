/** The times of a schedule that a form can show; every other one is written as a cron expression. */
export interface PlainSchedule {
  /** Every day, on these days of the week (0 is Sunday), or on a day of the month. */
  days: 'daily' | { weekdays: readonly number[] } | { dayOfMonth: number };
  /** HH:MM */
  time: string;
}

export function scheduleOf(cron: string): PlainSchedule | null {
  const [minute = '', hour = '', day = '', month = '', weekday = '', ...more] = cron.trim().split(/\s+/);
  if (more.length || month !== '*' || !/^\d{1,2}$/.test(minute) || !/^\d{1,2}$/.test(hour)) return null;
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (day === '*' && weekday === '*') return { days: 'daily', time };
  if (day === '*' && /^[0-6](,[0-6])*$/.test(weekday))
    return { days: { weekdays: weekday.split(',').map(Number) }, time };
  if (weekday === '*' && /^\d{1,2}$/.test(day)) return { days: { dayOfMonth: Number(day) }, time };
  return null;
}

export function cronOf({ days, time }: PlainSchedule): string {
  const [hour = 9, minute = 0] = time.split(':').map(Number);
  if (days === 'daily') return `${minute} ${hour} * * *`;
  if ('weekdays' in days) return `${minute} ${hour} * * ${days.weekdays.join(',')}`;
  return `${minute} ${hour} ${days.dayOfMonth} * *`;
}
