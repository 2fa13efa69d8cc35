'use client';
import { useTranslations } from 'next-intl';
import { AskFirst } from '../../components/ask-first';
import { At } from '../../components/at';
import { halyard } from '../../data/halyard';
import { answerOf } from '../../data/problem';
import type { Invitation } from '../../data/settings';
import { useAct } from '../../data/use-act';

export function InvitationRow({ invitation: { id, email, role, expires_at } }: { invitation: Invitation }) {
  const t = useTranslations();
  const words = useTranslations('settings.members');
  const cancel = useAct({
    do: () => answerOf(halyard.DELETE('/invitations/{id}', { params: { path: { id } } })),
    changes: ['invitations'],
    done: () => ({ text: words('cancelled', { email }) }),
  });
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-4 py-3 sm:px-5">
      <p className="min-w-0 flex-1 basis-60 text-sm">
        <span className="block font-semibold break-words">{email}</span>
        <span className="text-ink-soft">
          {t(`shell.roles.${role}`)} · {words('until')} <At instant={expires_at} />
        </span>
      </p>
      <AskFirst
        act={words('cancel')}
        means={words('cancelMeans', { email })}
        now={words('cancelNow')}
        onSure={() => cancel.mutateAsync()}
      />
    </li>
  );
}
