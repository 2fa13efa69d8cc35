'use client';
import { useTranslations } from 'next-intl';
import { At } from '../components/at';
import type { ListedMessage } from '../data/queries';
import type { Signal } from '../design/flag';
import { Flag } from '../design/flag';
import { Link } from '../i18n/navigation';
import { useTimes } from '../i18n/times';
import { useMessageName } from '../messages/message-name';
import { useReason } from '../messages/reason';
import { signals } from '../messages/signals';
import { EventText } from './event-text';
import type { Entry } from './timeline-entries';

type Run = Extract<Entry, { kind: 'run' }>;

/** One thing that happened, hanging on the line. */
export function TimelineEntry({ entry }: { entry: Entry }) {
  switch (entry.kind) {
    case 'message':
      return <MessageEntry at={entry.at} message={entry.message} />;
    case 'run':
      return <RunEntry entry={entry} />;
    case 'event':
      return (
        <Hung at={entry.at} signal={signalOf(entry.event.type)}>
          <EventText event={entry.event} />
        </Hung>
      );
  }
}

const signalOf = (type: string): Signal => {
  if (/cancelled|withdrawn|unsubscribed|erased/.test(type)) return 'lowered';
  return /complained/.test(type) ? 'bad' : 'good';
};

function MessageEntry({ at, message }: { at: string; message: ListedMessage }) {
  const t = useTranslations();
  const times = useTimes();
  const reasonOf = useReason();
  const { name, origin } = useMessageName(message);
  const { status, channel, channels, reason, opened_at: opened, clicked_at: clicked } = message;
  const told = [
    t(`status.${status}`) + (reason ? `: ${reasonOf(reason)}` : ''),
    opened && t('contact.openedAt', { at: times.moment(opened) }),
    clicked && t('contact.clickedAt', { at: times.moment(clicked) }),
  ].filter(Boolean);
  return (
    <Hung at={at} signal={signals[status]}>
      <Link href={`/message?id=${message.id}`} className="font-semibold text-sea hover:underline">
        {name}
      </Link>
      <p className="text-sm text-ink-soft">
        {origin} · {(channel ? [channel] : channels).map((one) => t(`channels.${one}`)).join(' → ')} ·{' '}
        {told.join(' · ')}
      </p>
    </Hung>
  );
}

const endings: Record<string, Signal> = { completed: 'good', failed: 'bad' };

function RunEntry({ entry: { at, run, ended } }: { entry: Run }) {
  const t = useTranslations('contact');
  const reasonOf = useReason();
  const flow = (chunks: React.ReactNode) => (
    <Link href={`/flow?id=${run.flow.id}`} className="font-semibold text-sea hover:underline">
      {chunks}
    </Link>
  );
  return (
    <Hung at={at} signal={ended ? (endings[run.status] ?? 'lowered') : 'waiting'}>
      <p>{t.rich(ended ? `runs.${run.status}` : 'runs.started', { name: run.flow.name, flow })}</p>
      {ended && run.end_reason && <p className="text-sm text-ink-soft">{reasonOf(run.end_reason)}</p>}
    </Hung>
  );
}

function Hung({ at, signal, children }: { at: string; signal: Signal; children: React.ReactNode }) {
  return (
    <div className="flex gap-3 py-1.5">
      <span className="-ml-[9px] h-fit bg-sail py-0.5">
        <Flag signal={signal} className="size-4" />
      </span>
      <At instant={at} as="time" className="w-11 shrink-0 pt-px text-sm text-ink-soft" />
      <div className="min-w-0 flex-1 break-words">{children}</div>
    </div>
  );
}
