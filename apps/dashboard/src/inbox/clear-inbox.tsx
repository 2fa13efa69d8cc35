'use client';
import { useTranslations } from 'next-intl';
import { AskFirst } from '../components/ask-first';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { useAct } from '../data/use-act';

export function ClearInbox({ onCleared }: { onCleared: () => void }) {
  const t = useTranslations('inbox');
  const clear = useAct({
    do: () => answerOf(halyard.DELETE('/sandbox/inbox')),
    changes: ['sandbox'],
    done: () => {
      onCleared();
      return { text: t('cleared') };
    },
  });
  return (
    <AskFirst
      act={t('clear')}
      means={t('clearMeans')}
      now={t('clearNow')}
      onSure={() => clear.mutateAsync()}
    />
  );
}
