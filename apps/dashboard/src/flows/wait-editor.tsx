'use client';
import type { WaitStep } from '@halyard/contracts/flows/definition';
import { useTranslations } from 'next-intl';
import { CompactInput, CompactSelect } from '../components/compact-controls';
import { DurationField } from '../conditions/duration-field';
import { EventField } from './event-field';
import { OffsetFromDate } from './offset-field';
import type { StepEditorProps } from './step-editor-props';
import { TimeOfDayField } from './time-of-day-field';
import { WeekdaysField } from './weekdays-field';

type Wait = WaitStep['wait'];

const fresh: Record<Wait['for'], Wait> = {
  duration: { for: 'duration', duration: 'P1D' },
  time: { for: 'time', at: '09:00' },
  anchor: { for: 'anchor', anchor: 'subject.starts_at', offset: '-P1D' },
  event: { for: 'event', event: 'booking.completed', timeout: 'P7D' },
};
const kinds = ['duration', 'time', 'anchor', 'event'] as const;

/** What a run waits for. */
export function WaitEditor({ step, onChange }: StepEditorProps<WaitStep>) {
  const t = useTranslations('flow.wait');
  const set = (wait: Wait) => onChange({ ...step, wait });
  return (
    <div className="flex flex-wrap items-center gap-2">
      <CompactSelect
        label={t('for')}
        value={step.wait.for}
        options={kinds.map((kind) => [kind, t(`kinds.${kind}`)] as const)}
        onChoose={(kind) => set(fresh[kind as Wait['for']])}
        className="max-w-full"
      />
      <WaitFields wait={step.wait} onChange={set} />
    </div>
  );
}

function WaitFields({ wait, onChange }: { wait: Wait; onChange: (wait: Wait) => void }) {
  const t = useTranslations('flow.wait');
  switch (wait.for) {
    case 'duration':
      return (
        <DurationField
          label={t('length')}
          value={wait.duration}
          onChange={(duration) => onChange({ ...wait, duration })}
        />
      );
    case 'time':
      return (
        <>
          <CompactInput
            type="time"
            label={t('time')}
            value={wait.at}
            onChange={({ target }) => {
              if (target.value) onChange({ ...wait, at: target.value });
            }}
          />
          <WeekdaysField
            value={wait.weekdays}
            onChange={(weekdays) => {
              const { weekdays: _, ...rest } = wait;
              onChange(weekdays ? { ...rest, weekdays } : rest);
            }}
          />
        </>
      );
    case 'anchor':
      return (
        <>
          <OffsetFromDate
            anchor={wait.anchor}
            offset={wait.offset}
            onChange={(next) => onChange({ ...wait, ...next })}
          />
          <TimeOfDayField
            value={wait.at}
            onChange={(at) => {
              const { at: _, ...rest } = wait;
              onChange(at ? { ...rest, at } : rest);
            }}
          />
        </>
      );
    case 'event':
      return (
        <>
          <EventField value={wait.event} onChange={(event) => onChange({ ...wait, event })} />
          <span className="text-sm">{t('atMost')}</span>
          <DurationField
            label={t('atMost')}
            value={wait.timeout}
            onChange={(timeout) => onChange({ ...wait, timeout })}
          />
        </>
      );
  }
}
