'use client';
import { useTranslations } from 'next-intl';
import { AskFirst } from '../components/ask-first';
import type { ReviewKind } from '../data/review';
import { replayAll } from '../data/review';
import { useAct } from '../data/use-act';
import { replayChanges } from './replay-changes';

/** Tries all open items of a kind again. */
export function ReplayAll({ kind, count }: { kind: ReviewKind; count: number }) {
  const t = useTranslations('review');
  const act = useAct({
    do: () => replayAll(kind),
    changes: replayChanges,
    done: ({ replayed, refused }) => ({
      text: refused ? t('allSome', { replayed, refused }) : t('allDone', { replayed }),
    }),
  });
  return (
    <AskFirst
      key={kind}
      act={t('all', { count })}
      means={t(kind === 'unknown_message' ? 'allUnknownMeans' : 'allMeans', {
        count,
        kind: t(`kinds.${kind}`),
      })}
      now={t('allNow', { count })}
      onSure={() => act.mutateAsync()}
    />
  );
}
