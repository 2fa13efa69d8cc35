'use client';
import type { Timing } from '@halyard/contracts/flows/definition';
import { useTranslations } from 'next-intl';
import { CompactSelect } from '../components/compact-controls';
import { DurationField } from '../conditions/duration-field';
import { OffsetFromDate } from './offset-field';
import { TimeOfDayField } from './time-of-day-field';
import { WeekdaysField } from './weekdays-field';

const origins = ['previous', 'start', 'anchor'] as const;

interface Props {
  timing: Timing | undefined;
  onChange: (timing: Timing | undefined) => void;
}

/** When a message is due, as a sentence of choices. */
export function TimingEditor({ timing = { from: 'previous' }, onChange }: Props) {
  const t = useTranslations('flow.timing');
  const set = (changes: Partial<Record<keyof Timing, unknown>>) => onChange(withChanges(timing, changes));
  const { from, anchor = 'subject.starts_at', offset, at, weekdays } = timing;
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-xs font-semibold text-ink-soft">{t('when')}</legend>
      <div className="flex flex-wrap items-center gap-2">
        <CompactSelect
          label={t('from')}
          value={from}
          options={origins.map((one) => [one, t(`origins.${one}`)] as const)}
          onChoose={(next) =>
            set(
              next === 'anchor'
                ? { from: next, anchor, offset: offset ?? '-P1D' }
                : { from: next, anchor: undefined, offset: offset?.replace('-', '') },
            )
          }
        />
        {from === 'anchor' ? (
          <OffsetFromDate anchor={anchor} offset={offset} onChange={set} />
        ) : (
          <DurationField
            label={t('length')}
            value={offset ?? 'P0D'}
            onChange={(next) => set({ offset: next })}
          />
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <TimeOfDayField value={at} onChange={(next) => set({ at: next })} />
        <WeekdaysField value={weekdays} onChange={(next) => set({ weekdays: next })} />
      </div>
    </fieldset>
  );
}

/** What is set to undefined is left out; a timing that says nothing is none. */
export function withChanges(
  timing: Timing,
  changes: Partial<Record<keyof Timing, unknown>>,
): Timing | undefined {
  const merged = Object.entries({ ...timing, ...changes }).filter(([, value]) => value !== undefined);
  const next = Object.fromEntries(merged) as unknown as Timing;
  const empty = merged.length === 1 && next.from === 'previous';
  return empty ? undefined : next;
}
