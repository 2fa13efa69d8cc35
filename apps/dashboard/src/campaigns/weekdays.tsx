'use client';
import { useTranslations } from 'next-intl';
import { useTimes } from '../i18n/times';
import type { Weekday } from './schedule';
import { weekdays } from './schedule';

interface Props {
  value: readonly Weekday[];
  onChange: (chosen: Weekday[]) => void;
}

/** On which days; none chosen stands for all of them. */
export function Weekdays({ value, onChange }: Props) {
  const t = useTranslations('campaign.schedule');
  const times = useTimes();
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 text-sm font-semibold">{t('weekdays')}</legend>
      <div className="flex flex-wrap gap-1">
        {weekdays.map((day, n) => (
          <label
            key={day}
            className="inline-flex h-11 cursor-pointer items-center gap-1.5 rounded-md border border-rope-strong px-2.5 text-sm has-checked:border-sea has-checked:bg-sea-wash sm:h-9"
          >
            <input
              type="checkbox"
              className="size-4 accent-sea"
              checked={value.includes(day)}
              onChange={({ target }) =>
                onChange(weekdays.filter((one) => (one === day ? target.checked : value.includes(one))))
              }
            />
            {/* The first of January 2024 was a Monday. */}
            {times.calendarDay(`2024-01-0${n + 1}`, { weekday: 'short' })}
          </label>
        ))}
      </div>
      <p className="text-sm text-ink-soft">{t('weekdaysHint')}</p>
    </fieldset>
  );
}
