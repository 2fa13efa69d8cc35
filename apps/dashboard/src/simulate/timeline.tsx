'use client';
import { useTranslations } from 'next-intl';
import type { SimulatedMessage, SimulationResult } from '../data/simulation';
import type { Signal } from '../design/flag';
import { Flag } from '../design/flag';
import { useTimes } from '../i18n/times';
import { useReason } from '../messages/reason';

interface Props {
  timeline: SimulationResult['timelines'][number];
  nameOf: (step: string) => string;
}

/** The messages of one contact on one line, on the contact's own clock. */
export function Timeline({ timeline, nameOf }: Props) {
  const t = useTranslations('simulate');
  const times = useTimes(timeline.time_zone);
  if (timeline.messages.length === 0)
    return <p className="text-sm">{t(timeline.runs.length ? 'noMessages' : 'noRuns')}</p>;
  let day = '';
  return (
    <ol className="ml-2 border-l-2 border-rope">
      {timeline.messages.map((message) => {
        const today = times.day(message.at);
        const heading = today === day ? null : today;
        day = today;
        return (
          <li key={`${message.flow} ${message.step} ${message.occurrence} ${message.at}`}>
            {heading && (
              <h3 className="pt-3 pb-1 pl-5 text-xs text-ink-soft first-letter:uppercase">{heading}</h3>
            )}
            <div className="flex gap-3 py-1.5">
              <span className="-ml-[9px] h-fit bg-sail py-0.5">
                <Flag signal={signalOf(message)} />
              </span>
              <time
                dateTime={message.at}
                title={times.exact(message.at)}
                className="w-11 shrink-0 pt-px text-sm text-ink-soft"
              >
                {times.time(message.at)}
              </time>
              <Entry message={message} name={nameOf(message.step)} zone={timeline.time_zone} />
            </div>
          </li>
        );
      })}
    </ol>
  );
}

const arrives = new Set(['sent', 'delivered', 'opened', 'clicked']);

const signalOf = ({ status }: SimulatedMessage): Signal =>
  status === 'scheduled' ? 'waiting' : arrives.has(status) ? 'good' : 'lowered';

function Entry({ message, name, zone }: { message: SimulatedMessage; name: string; zone: string }) {
  const t = useTranslations();
  const times = useTimes(zone);
  const reasonOf = useReason();
  const { channel, content, held, needs, reason, status } = message;
  return (
    <div className="min-w-0 flex-1">
      <p className="font-semibold break-words">
        {name}
        {channel && (
          <span className="font-normal text-ink-soft"> · {t(`channels.${channel as 'email'}`)}</span>
        )}
      </p>
      {content?.subject && <p className="text-sm">{content.subject}</p>}
      {held.map(({ at, until, reason: why }) => (
        <p key={at} className="text-sm text-ink-soft">
          {t('simulate.heldUntil', { until: times.moment(until), reason: reasonOf(why) })}
        </p>
      ))}
      {reason && status !== 'scheduled' && (
        <p className="text-sm text-ink-soft">{t('simulate.unsent', { reason: reasonOf(reason) })}</p>
      )}
      {needs && <p className="text-sm text-ink-soft">{t('simulate.needs', { needs })}</p>}
      {content?.text && (
        <details className="text-sm">
          <summary className="min-h-6 text-sea">{t('simulate.says')}</summary>
          <p className="mt-1 rounded-md bg-sunk p-3 break-words whitespace-pre-wrap">{content.text}</p>
        </details>
      )}
    </div>
  );
}
