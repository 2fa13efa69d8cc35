'use client';
import { useTranslations } from 'next-intl';
import { halyard } from '../data/halyard';
import type { SandboxAction, SandboxMessage } from '../data/inbox';
import { answerOf } from '../data/problem';
import { useAct } from '../data/use-act';

/** Does what the recipient would do; it takes effect as if a provider had reported it. */
export function useRecipientAct({ id, recipient }: SandboxMessage, onReplied: (text: string) => void) {
  const t = useTranslations('inbox.did');
  return useAct({
    do: (body: SandboxAction) =>
      answerOf(halyard.POST('/sandbox/inbox/{id}/actions', { params: { path: { id } }, body })),
    changes: ['message', 'messages', 'contact', 'contacts'],
    done: (_, body) => {
      if (body.action === 'reply') onReplied(body.text);
      return { text: t(body.action, { recipient }) };
    },
  });
}

export type RecipientAct = ReturnType<typeof useRecipientAct>;
