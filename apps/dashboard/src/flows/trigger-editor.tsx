'use client';
import type { Trigger } from '@halyard/contracts/flows/definition';
import { useTranslations } from 'next-intl';
import { CompactSelect } from '../components/compact-controls';
import { ConditionBuilder } from '../conditions/condition-builder';
import { bookingFacts, contactFacts } from '../conditions/known-facts';
import { EventField } from './event-field';
import { ScheduleEditor } from './schedule-editor';

const kinds = ['event', 'schedule', 'manual', 'api'] as const;

interface Props {
  trigger: Trigger;
  onChange: (trigger: Trigger) => void;
}

/** What lets somebody in, and who is let in. */
export function TriggerEditor({ trigger, onChange }: Props) {
  const t = useTranslations('flow.trigger');
  const choose = (type: string) => {
    if (type === 'event') onChange({ type, event: 'booking.created' });
    else if (type === 'schedule') onChange({ type, cron: '0 9 * * 1', audience: { all: [] } });
    else if (type === 'api' || type === 'manual') onChange({ type });
  };
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <CompactSelect
          label={t('kind')}
          value={trigger.type}
          options={kinds.map((kind) => [kind, t(`kinds.${kind}`)] as const)}
          onChoose={choose}
          className="max-w-full"
        />
        {trigger.type === 'event' && (
          <EventField value={trigger.event} onChange={(event) => onChange({ ...trigger, event })} />
        )}
      </div>
      {trigger.type === 'event' && (
        <Labelled text={t('filter')}>
          <ConditionBuilder
            label={t('filter')}
            none={t('everybody')}
            facts={[...bookingFacts, ...contactFacts]}
            value={trigger.filter}
            onChange={(filter) => {
              const { filter: _, ...rest } = trigger;
              onChange(filter ? { ...rest, filter } : rest);
            }}
          />
        </Labelled>
      )}
      {trigger.type === 'schedule' && (
        <>
          <ScheduleEditor cron={trigger.cron} onChange={(cron) => onChange({ ...trigger, cron })} />
          <Labelled text={t('audience')}>
            <ConditionBuilder
              label={t('audience')}
              none={t('allContacts')}
              facts={contactFacts}
              value={trigger.audience}
              onChange={(audience) => onChange({ ...trigger, audience: audience ?? { all: [] } })}
            />
          </Labelled>
        </>
      )}
    </div>
  );
}

const Labelled = ({ text, children }: { text: string; children: React.ReactNode }) => (
  <div className="grid grid-cols-1 gap-1.5">
    <p className="text-xs font-semibold text-ink-soft">{text}</p>
    {children}
  </div>
);
