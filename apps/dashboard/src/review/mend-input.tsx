'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../components/button';
import { TextField } from '../components/field';
import { issuesOf } from '../data/problem';
import type { ReviewItem } from '../data/review';
import { replayItem } from '../data/review';
import { useAct } from '../data/use-act';
import type { InputIssue } from './mended-input';
import { issuesInPayload, readInput } from './mended-input';
import { replayChanges } from './replay-changes';

interface Props {
  item: ReviewItem;
  onActed: () => void;
}

/** Loaded when it is asked for: few who look at the page mend something. */
const shapeOf = async (type: string) =>
  type === 'event'
    ? (await import('@halyard/contracts/events/event')).EventInput
    : (await import('@halyard/contracts/outreach/item')).OutreachItem;

/** The refused input as it came, to be corrected and taken. */
export function MendInput({ item, onActed }: Props) {
  const t = useTranslations('review');
  const { input, issues: found } = item.detail as { input?: unknown; issues?: InputIssue[] };
  const [text, setText] = useState(() => JSON.stringify(input, null, 2) ?? '');
  const [issues, setIssues] = useState<readonly InputIssue[]>(found?.length === 1 ? [] : (found ?? []));
  const [broken, setBroken] = useState<string>();
  const act = useAct({
    do: (payload: Record<string, unknown>) => replayItem({ item, payload }),
    changes: replayChanges,
    done: () => {
      onActed();
      return { text: t('did.mended') };
    },
  });
  const take = async () => {
    const read = readInput(text, await shapeOf(item.subject.type));
    setBroken(read.kind === 'broken' ? t('noJson', { line: read.line ?? 0 }) : undefined);
    setIssues(read.kind === 'wrong' ? read.issues : []);
    if (read.kind !== 'read') return;
    act.mutate(read.payload, { onError: (error) => setIssues(issuesInPayload(issuesOf(error))) });
  };
  return (
    <form
      className="grid w-full gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void take();
      }}
    >
      {issues.length > 0 && (
        <ul className="grid gap-1 border-l-4 border-flare bg-flare-wash px-3 py-2" aria-label={t('wrong')}>
          {issues.map(({ path, message }) => (
            <li key={`${path} ${message}`} className="break-words">
              {path && <code className="mr-2 font-semibold text-flare-ink">{path}</code>}
              {message}
            </li>
          ))}
        </ul>
      )}
      <TextField
        label={t('input')}
        hint={t('inputHint')}
        error={broken}
        rows={Math.min(20, text.split('\n').length + 1)}
        spellCheck={false}
        autoCapitalize="off"
        className="[&_textarea]:font-mono [&_textarea]:text-sm"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" className="justify-self-start" disabled={act.isPending}>
        {t('take')}
      </Button>
    </form>
  );
}
