'use client';
import type { Schema } from '@halyard/client/client';
import type { ContactPatch } from '@halyard/contracts/contacts/contact';
import { useTranslations } from 'next-intl';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { useAct } from '../data/use-act';

interface Given {
  patch: ContactPatch;
  /** The patch that takes it back. */
  before?: ContactPatch;
}

/** Changes a contact; what it was before can be had back. Errors are shown where the change was made. */
export function useChangeContact(id: string) {
  const t = useTranslations('contact');
  const patched = (patch: ContactPatch) =>
    answerOf(
      halyard.PATCH('/contacts/{id}', { params: { path: { id } }, body: patch as Schema<'ContactPatch'> }),
    );
  const changes = ['contact', 'contacts', 'suppressions'];
  const undo = useAct({ do: patched, changes, done: () => ({ text: t('undone') }) });
  return useAct({
    do: ({ patch }: Given) => patched(patch),
    changes,
    done: (_, { before }) => ({ text: t('changed'), ...(before && { undo: () => undo.mutate(before) }) }),
    tellsErrors: true,
  });
}
