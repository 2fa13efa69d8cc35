'use client';
import { useTranslations } from 'next-intl';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { useAct } from '../data/use-act';

const changes = ['contact', 'contacts', 'messages', 'message', 'bookings'];

/** Makes two contacts one, and two again. */
export function useMergeActs() {
  const t = useTranslations('contact');
  const undo = useAct({
    do: (id: string) => answerOf(halyard.POST('/merges/{id}/undo', { params: { path: { id } } })),
    changes,
    done: () => ({ text: t('mergeUndone') }),
  });
  const merge = useAct({
    do: ({ id, other }: { id: string; other: string }) =>
      answerOf(halyard.POST('/contacts/{id}/merge', { params: { path: { id } }, body: { other_id: other } })),
    changes,
    done: (made) => ({ text: t('merged'), undo: () => undo.mutate(made.id) }),
  });
  return { merge, undo };
}
