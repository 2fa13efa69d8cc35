'use client';
import type { Timing } from '@halyard/contracts/flows/definition';
import { useTranslations } from 'next-intl';
import { CompactSelect } from '../components/compact-controls';
import { useSayTimes, weekdays } from './use-say-times';

type Weekdays = Timing['weekdays'];

interface Props {
  value: Weekdays;
  onChange: (days: Weekdays) => void;
}

/** Days of the week that may be; all of them when none is chosen. */
export function WeekdaysField({ value, onChange }: Props) {
  const t = useTranslations('flow.timing');
  const { dayName } = useSayTimes();
  const chosen = new Set(value);
  const press = (day: (typeof weekdays)[number]) => {
    const next = weekdays.filter((one) => (one === day ? !chosen.has(one) : chosen.has(one)));
    onChange(next.length === 0 ? undefined : next);
  };
  const choice = (
    <CompactSelect
      label={t('weekdays')}
      value={value ? 'some' : 'any'}
      options={[
        ['any', t('anyDay')],
        ['some', t('onlyOn')],
      ]}
      onChoose={(next) => onChange(next === 'some' ? weekdays.slice(0, 5) : undefined)}
    />
  );
  if (!value) return choice;
  return (
    <>
      {choice}
      <fieldset className="flex flex-wrap gap-1">
        <legend className="sr-only">{t('weekdays')}</legend>
        {weekdays.map((day) => (
          <button
            key={day}
            type="button"
            aria-pressed={chosen.has(day)}
            aria-label={dayName(day, 'long')}
            onClick={() => press(day)}
            className="h-11 min-w-10 rounded-md border border-rope px-2 text-sm text-ink-soft hover:bg-sunk aria-pressed:border-sea aria-pressed:bg-sea-wash aria-pressed:font-semibold aria-pressed:text-ink sm:h-9"
          >
            {dayName(day)}
          </button>
        ))}
      </fieldset>
    </>
  );
}
