'use client';
import { useTranslations } from 'next-intl';
import { Panel } from '../components/panel';
import type { SimulationResult } from '../data/simulation';
import { useTimes } from '../i18n/times';

/** How many messages go out on each day of the organization. */
export function Days({ days }: { days: SimulationResult['totals']['days'] }) {
  const t = useTranslations();
  const times = useTimes();
  const perDay = new Map<string, { channel: string; messages: number }[]>();
  for (const { day, ...one } of days) perDay.set(day, [...(perDay.get(day) ?? []), one]);
  const sumOf = (all: readonly { messages: number }[]) => all.reduce((sum, one) => sum + one.messages, 0);
  const most = Math.max(...[...perDay.values()].map(sumOf));
  return (
    <Panel title={t('simulate.days')} aside={t('simulate.timesIn', { zone: times.zone })}>
      <ol className="grid max-h-96 gap-1.5 overflow-y-auto px-4 py-4 text-sm sm:px-5">
        {[...perDay].map(([day, channels]) => (
          <li key={day} className="grid grid-cols-[7rem_minmax(0,1fr)] items-center gap-3">
            <time dateTime={day}>{times.calendarDay(day, { dateStyle: 'medium' })}</time>
            <span className="flex items-center gap-2">
              <meter
                className="h-2 flex-1 accent-sea"
                min={0}
                max={most}
                value={sumOf(channels)}
                aria-label={t('simulate.days')}
              />
              <span className="w-40 shrink-0 text-ink-soft">
                {channels
                  .map(({ channel, messages }) => `${messages} ${t(`channels.${channel as 'email'}`)}`)
                  .join(', ')}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
