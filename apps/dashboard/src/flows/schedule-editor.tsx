'use client';
import { useTranslations } from 'next-intl';
import { CheckedInput } from '../components/checked-input';
import { CompactInput, CompactSelect } from '../components/compact-controls';
import type { PlainSchedule } from './cron';
import { cronOf, scheduleOf } from './cron';
import { useSayTimes, weekdays } from './use-say-times';

interface Props {
  cron: string;
  onChange: (cron: string) => void;
}

/** The times of a schedule: daily, weekly, monthly, or as a cron expression. */
export function ScheduleEditor({ cron, onChange }: Props) {
  const t = useTranslations('flow.trigger');
  const { dayName } = useSayTimes();
  const plain = scheduleOf(cron);
  const days = plain?.days;
  const rhythm = !days ? 'cron' : days === 'daily' ? 'daily' : 'weekdays' in days ? 'weekly' : 'monthly';
  const time = plain?.time ?? '09:00';
  const choose = (next: string) => {
    if (next === 'cron') return onChange('*/30 9-17 * * 1-5');
    const chosen: Record<string, PlainSchedule['days']> = {
      daily: 'daily',
      weekly: { weekdays: [1] },
      monthly: { dayOfMonth: 1 },
    };
    onChange(cronOf({ days: chosen[next] ?? 'daily', time }));
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <CompactSelect
        label={t('rhythm')}
        value={rhythm}
        options={(['daily', 'weekly', 'monthly', 'cron'] as const).map((one) => [one, t(`rhythms.${one}`)])}
        onChoose={choose}
      />
      {typeof days === 'object' && 'weekdays' in days && (
        <CompactSelect
          label={t('weekday')}
          value={days.weekdays.join(',')}
          options={[
            ...weekdays.map((day, at) => [String((at + 1) % 7), dayName(day, 'long')] as const),
            ['1,2,3,4,5', t('workdays')] as const,
          ]}
          onChoose={(next) => onChange(cronOf({ days: { weekdays: next.split(',').map(Number) }, time }))}
        />
      )}
      {typeof days === 'object' && 'dayOfMonth' in days && (
        <CompactInput
          type="number"
          label={t('dayOfMonth')}
          min={1}
          max={31}
          className="w-20"
          value={days.dayOfMonth}
          onChange={({ target }) =>
            onChange(cronOf({ days: { dayOfMonth: Math.min(31, Math.max(1, Number(target.value))) }, time }))
          }
        />
      )}
      {plain ? (
        <CompactInput
          type="time"
          label={t('time')}
          value={time}
          onChange={({ target }) => {
            if (target.value) onChange(cronOf({ days: plain.days, time: target.value }));
          }}
        />
      ) : (
        <CheckedInput label={t('rhythms.cron')} value={cron} pattern={/^\S+( \S+){4}$/} onChange={onChange} />
      )}
    </div>
  );
}
