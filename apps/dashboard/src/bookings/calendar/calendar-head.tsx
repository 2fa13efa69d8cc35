'use client';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../../components/button';
import { useTimes } from '../../i18n/times';
import { mondayOf } from './days';
import type { Period } from './period';

interface Props {
  period: Period;
  today: string;
  onChange: (address: { month: string; week: string }) => void;
}

/** Which month or week is shown, and the way to others. */
export function CalendarHead({ period, today, onChange }: Props) {
  const t = useTranslations('bookings.calendar');
  const times = useTimes();
  const monthly = period.kind === 'month';
  const first = period.weeks[0]?.[0] ?? today;
  const last = period.weeks.at(-1)?.at(-1) ?? today;
  const title = monthly
    ? times.calendarDay(`${period.at}-01`, { month: 'long', year: 'numeric' })
    : times.calendarDays(first, last, { dateStyle: 'long' });
  const go = (at: string) => onChange(monthly ? { month: at, week: '' } : { month: '', week: at });
  const toMonth = () => onChange({ month: first.slice(0, 7), week: '' });
  const toWeek = () =>
    onChange({ month: '', week: today >= first && today <= last ? mondayOf(today) : first });
  return (
    <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
      <h2 className="text-lg" aria-live="polite">
        {title}
      </h2>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <span className="flex gap-1">
          <Button look={monthly ? 'outlined' : 'plain'} aria-pressed={monthly} onClick={toMonth}>
            {t('month')}
          </Button>
          <Button look={monthly ? 'plain' : 'outlined'} aria-pressed={!monthly} onClick={toWeek}>
            {t('week')}
          </Button>
        </span>
        <span className="flex gap-2">
          <Button look="outlined" onClick={() => go(monthly ? today.slice(0, 7) : mondayOf(today))}>
            {t('today')}
          </Button>
          <Button look="outlined" aria-label={t('earlier')} onClick={() => go(period.earlier)}>
            <ChevronLeft aria-hidden="true" />
          </Button>
          <Button look="outlined" aria-label={t('later')} onClick={() => go(period.later)}>
            <ChevronRight aria-hidden="true" />
          </Button>
        </span>
      </div>
    </div>
  );
}
