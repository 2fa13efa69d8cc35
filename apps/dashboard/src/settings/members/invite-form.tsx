'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ChoiceField, Field } from '../../components/field';
import { halyard } from '../../data/halyard';
import { answerOf, isRefused, issuesOf } from '../../data/problem';
import { useAct } from '../../data/use-act';
import { FormPanel } from '../form-panel';
import type { Role } from './roles';
import { useRolesToGive } from './roles';

interface Props {
  /** With the link to pass on, where the server sends no mail; else null. */
  onInvited: (link: string | null) => void;
  onClose: () => void;
}

export function InviteForm({ onInvited, onClose }: Props) {
  const words = useTranslations('settings.members');
  const roles = useRolesToGive();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const invite = useAct({
    do: () => answerOf(halyard.POST('/invitations', { body: { email: email.trim(), role } })),
    changes: ['invitations'],
    done: ({ link }) => {
      onInvited(link);
      return link ? null : { text: words('invited', { email }) };
    },
    tellsErrors: true,
  });
  const issues = issuesOf(invite.error);
  const member = isRefused(invite.error, 'conflict');
  return (
    <FormPanel
      title={words('invite')}
      act={words('inviteNow')}
      busy={invite.isPending}
      error={member ? null : invite.error}
      onSubmit={() => invite.mutate()}
      onClose={onClose}
    >
      <div className="grid gap-5 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Field
          label={words('email')}
          type="email"
          value={email}
          error={(issues.email && words('emailWrong')) || (member ? words('isMember') : undefined)}
          onChange={(event) => setEmail(event.target.value)}
        />
        <ChoiceField
          label={words('role')}
          value={role}
          options={roles}
          onChange={(event) => setRole(event.target.value as Role)}
        />
      </div>
    </FormPanel>
  );
}
