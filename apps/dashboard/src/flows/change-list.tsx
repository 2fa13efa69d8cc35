'use client';
import { useTranslations } from 'next-intl';
import type { FlowChange } from '../data/flows';
import { useSayChange } from './use-say-change';

const marks: Record<FlowChange['change'], string> = { added: '+', removed: '−', changed: '±', moved: '↕' };
const colours: Record<FlowChange['change'], string> = {
  added: 'text-kelp-ink',
  removed: 'text-flare-ink',
  changed: 'text-brass-ink',
  moved: 'text-ink-soft',
};

interface Props {
  changes: readonly FlowChange[];
  /** Names of the steps that are there now, by their ids. */
  names: Readonly<Record<string, string>>;
}

/** What differs between two versions, as sentences. */
export function ChangeList({ changes, names }: Props) {
  const t = useTranslations('flow.diff');
  const say = useSayChange(changes, names);
  if (changes.length === 0) return <p className="text-sm text-ink-soft">{t('none')}</p>;
  return (
    <ul className="grid gap-1.5 text-sm">
      {changes.map((change) => {
        const { where, before, after } = say(change);
        return (
          <li key={`${change.change} ${change.path}`} className="flex gap-2">
            <span
              className={`w-4 shrink-0 text-center font-semibold ${colours[change.change]}`}
              aria-hidden="true"
            >
              {marks[change.change]}
            </span>
            <span className="min-w-0 break-words">
              <span className="font-semibold">{where}</span> {t(`${change.change}`)}
              {before !== null && <del className="ml-1 text-ink-soft">{before}</del>}
              {after !== null && <ins className="ml-1 no-underline">{after}</ins>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
