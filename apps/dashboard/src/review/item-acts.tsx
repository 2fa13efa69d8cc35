'use client';
import { useTranslations } from 'next-intl';
import { AskFirst } from '../components/ask-first';
import { Button } from '../components/button';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import type { ReviewItem } from '../data/review';
import { replayItem } from '../data/review';
import { useAct } from '../data/use-act';
import { replayChanges } from './replay-changes';

interface Props {
  item: ReviewItem;
  replayable: boolean;
  onActed: () => void;
}

/** Trying it again as it is, or leaving it. */
export function ItemActs({ item, replayable, onActed }: Props) {
  const t = useTranslations('review');
  const { id, kind } = item;
  const told = (text: string) => {
    onActed();
    return { text };
  };
  const replay = useAct({
    do: () => replayItem({ item }),
    changes: replayChanges,
    done: () => told(t(`did.${kind}`)),
  });
  const resolve = useAct({
    do: () => answerOf(halyard.POST('/review-items/{id}/resolve', { params: { path: { id } } })),
    changes: ['review-items'],
    done: () => told(t('did.resolved')),
  });
  return (
    <div className="flex flex-wrap items-center gap-2">
      {replayable &&
        (kind === 'unknown_message' ? (
          <AskFirst
            act={t(`again.${kind}`)}
            means={t('unknownMeans')}
            now={t('unknownNow')}
            onSure={() => replay.mutateAsync()}
          />
        ) : (
          <Button
            look={kind === 'quarantined_input' ? 'outlined' : 'filled'}
            disabled={replay.isPending}
            onClick={() => replay.mutate()}
          >
            {t(`again.${kind}`)}
          </Button>
        ))}
      <AskFirst
        act={t('resolve')}
        means={t('resolveMeans')}
        now={t('resolveNow')}
        onSure={() => resolve.mutateAsync()}
      />
    </div>
  );
}
