'use client';
import { useTranslations } from 'next-intl';
import { Panel } from '../components/panel';
import type { MessageExplanation } from '../data/queries';
import { useTimes } from '../i18n/times';
import { useReason } from './reason';

/** The message at a glance. */
export function MessageFacts({ explanation: { message, run, step } }: { explanation: MessageExplanation }) {
  const t = useTranslations();
  const times = useTimes();
  const reasonOf = useReason();
  const at = (instant: string | null) =>
    instant && (
      <time dateTime={instant} title={times.exact(instant)}>
        {times.moment(instant)}
      </time>
    );
  const rows = [
    [t('message.facts.reason'), message.reason && reasonOf(message.reason)],
    [
      t('message.facts.channel'),
      (message.channel ? [message.channel] : message.channels)
        .map((channel) => t(`channels.${channel}`))
        .join(' → '),
    ],
    [t('message.facts.address'), message.address],
    [t('message.facts.source'), run ? null : t(`messages.sources.${message.source}`)],
    [t('message.facts.class'), t(`classes.${message.class}`)],
    [t('message.facts.flow'), run && `${run.flow.name} (${t('message.facts.version', { n: run.version })})`],
    [t('message.facts.step'), step && (step.name ?? step.id)],
    [t('message.facts.planned'), at(message.planned_at)],
    [t('message.facts.due'), message.due_at === message.planned_at ? null : at(message.due_at)],
    [t('message.facts.expires'), message.status === 'scheduled' ? at(message.expires_at) : null],
    [t('message.facts.sent'), at(message.sent_at)],
    [t('message.facts.delivered'), at(message.delivered_at)],
    [t('message.facts.opened'), at(message.opened_at)],
    [t('message.facts.clicked'), at(message.clicked_at)],
  ] as const;
  return (
    <Panel title={t('message.glance')}>
      <dl className="grid grid-cols-[minmax(6rem,auto)_minmax(0,1fr)] gap-x-5 gap-y-2 px-4 py-4 text-sm sm:px-5">
        {rows.map(([term, value]) =>
          value ? (
            <div key={term} className="col-span-2 grid grid-cols-subgrid">
              <dt className="text-ink-soft">{term}</dt>
              <dd className="break-words">{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </Panel>
  );
}
