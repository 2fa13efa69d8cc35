'use client';
import { useTranslations } from 'next-intl';
import type { Message, StoryEntry } from '../data/queries';
import type { Signal } from '../design/flag';
import { Flag } from '../design/flag';
import { useTimes } from '../i18n/times';
import { Checks } from './checks';
import { signals } from './signals';

interface Props {
  entries: readonly StoryEntry[];
  conclusion: string;
  status: Message['status'];
}

/** What happened, hoisted on one line from the first cause to how things stand. */
export function Story({ entries, conclusion, status }: Props) {
  const t = useTranslations('message');
  const times = useTimes();
  let day = '';
  return (
    <div className="px-4 pt-3 pb-5 sm:px-5">
      <ol className="ml-2 border-l-2 border-rope">
        {entries.map((entry) => {
          const today = times.day(entry.at);
          const heading = today === day ? null : today;
          day = today;
          return (
            <Entry key={`${entry.kind}-${entry.at}-${entry.sentence}`} entry={entry} heading={heading} />
          );
        })}
      </ol>
      <p className="-ml-px mt-2 flex items-start gap-3 rounded-md bg-sea-wash px-3 py-3 font-semibold">
        <Flag signal={signals[status]} className="mt-0.5 size-5" />
        <span>
          <span className="sr-only">{t('now')}: </span>
          {conclusion}
        </span>
      </p>
    </div>
  );
}

function Entry({ entry, heading }: { entry: StoryEntry; heading: string | null }) {
  const times = useTimes();
  return (
    <li>
      {heading && <h3 className="pt-3 pb-1 pl-5 text-xs text-ink-soft first-letter:uppercase">{heading}</h3>}
      <div className="flex gap-3 py-1.5">
        <span className="-ml-[9px] h-fit bg-sail py-0.5">
          <Flag signal={signalOf(entry)} className="size-4" />
        </span>
        <time
          dateTime={entry.at}
          title={times.exact(entry.at)}
          className="w-11 shrink-0 pt-px text-sm text-ink-soft"
        >
          {times.time(entry.at)}
        </time>
        <div className="min-w-0 flex-1">
          <p className="break-words">{entry.sentence}</p>
          {entry.kind === 'decision' && <Checks decision={entry} />}
        </div>
      </div>
    </li>
  );
}

const verdicts: Record<string, Signal> = {
  defer: 'waiting',
  skip: 'lowered',
  cancel: 'lowered',
  expire: 'lowered',
};

function signalOf(entry: StoryEntry): Signal {
  switch (entry.kind) {
    case 'attempt':
      return outcomes[entry.attempt.outcome ?? 'under_way'] ?? 'waiting';
    case 'decision':
      return verdicts[entry.verdict] ?? 'good';
    case 'report':
      return /bounce|fail|complain|reject/.test(entry.report.type) ? 'bad' : 'good';
    case 'planned':
    case 'run':
    case 'event':
    case 'act':
      return 'waiting';
  }
}

const outcomes: Record<string, Signal> = {
  accepted: 'good',
  rejected: 'bad',
  throttled: 'waiting',
  failed_before_send: 'waiting',
  unknown: 'unsure',
};
