'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { AskFirst } from '../../components/ask-first';
import { Button } from '../../components/button';
import { Panel } from '../../components/panel';
import { halyard } from '../../data/halyard';
import { answerOf } from '../../data/problem';
import type { Me } from '../../data/queries';
import { myInvitationsQuery } from '../../data/settings';
import { useAct } from '../../data/use-act';
import { useRouter } from '../../i18n/navigation';
import { useAddress } from '../../i18n/use-address';
import { organizationOf } from '../../shell/organization-switcher';
import { CreateOrganization } from './create-organization';

/** The organizations of a person: those they work in, those that invite them, and a new one. */
export function Organizations({ me }: { me: Me }) {
  const t = useTranslations('settings.profile.organizations');
  const roles = useTranslations('shell.roles');
  const { values, set } = useAddress(['create']);
  const invitations = useQuery({ ...myInvitationsQuery, enabled: me.email_verified });
  const current = organizationOf(me)?.organization.id;
  return (
    <Panel title={t('title')}>
      <ul className="divide-y divide-rope">
        {me.memberships.map(({ organization: { id, name }, role }) => (
          <li
            key={id}
            className="flex flex-wrap items-center justify-between gap-3 px-4 py-3 text-sm sm:px-5"
          >
            <span className="min-w-0 flex-1 basis-48">
              <span className="font-semibold break-words">{name}</span>{' '}
              <span className="text-ink-soft">
                {roles(role)}
                {id === current && ` · ${t('current')}`}
              </span>
            </span>
            {id === current && <Leave name={name} />}
          </li>
        ))}
        {invitations.data?.items.map(({ id, organization, role }) => (
          <Invited key={id} id={id} name={organization.name} role={roles(role)} />
        ))}
      </ul>
      <div className="border-t border-rope px-4 py-3 sm:px-5">
        {values.create ? (
          <CreateOrganization onClose={() => set({ create: '' })} />
        ) : (
          <Button look="outlined" onClick={() => set({ create: 'yes' })}>
            {t('create')}
          </Button>
        )}
      </div>
    </Panel>
  );
}

function Leave({ name }: { name: string }) {
  const t = useTranslations('settings.profile.organizations');
  const queries = useQueryClient();
  const router = useRouter();
  const leave = useAct({
    do: () => answerOf(halyard.POST('/organization/leave')),
    changes: [],
    done: () => {
      router.push('/');
      void queries.resetQueries();
      return { text: t('left', { name }) };
    },
  });
  return (
    <AskFirst
      act={t('leave')}
      means={t('leaveMeans', { name })}
      now={t('leaveNow')}
      onSure={() => leave.mutateAsync()}
    />
  );
}

function Invited({ id, name, role }: { id: string; name: string; role: string }) {
  const t = useTranslations('settings.profile.organizations');
  const accept = useAct({
    do: () => answerOf(halyard.POST('/invitations/{id}/accept', { params: { path: { id } } })),
    changes: ['me', 'invitations'],
    done: () => ({ text: t('joined', { name }) }),
  });
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 px-4 py-3 text-sm sm:px-5">
      <span className="min-w-0 flex-1 basis-48">{t('invited', { name, role })}</span>
      <Button look="outlined" disabled={accept.isPending} onClick={() => accept.mutate()}>
        {t('join')}
      </Button>
    </li>
  );
}
