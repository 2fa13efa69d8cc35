'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../components/button';
import { Panel } from '../../components/panel';
import { invitationsQuery, membersQuery } from '../../data/settings';
import { useAddress } from '../../i18n/use-address';
import { useMay } from '../../shell/use-may';
import { Asked } from '../asked';
import { SettingsPage } from '../settings-page';
import { ShownOnce } from '../shown-once';
import { InvitationRow } from './invitation-row';
import { InviteForm } from './invite-form';
import { MemberRow } from './member-row';

/** Who works in the organization, and who was asked to. */
export function MembersPage() {
  const t = useTranslations('settings.members');
  const { values, set } = useAddress(['invite']);
  const enabled = useMay()('admin');
  const members = useQuery({ ...membersQuery, enabled });
  const invitations = useQuery({ ...invitationsQuery, enabled });
  const [link, setLink] = useState<string | null>(null);
  const close = () => set({ invite: '' });
  return (
    <SettingsPage
      part="members"
      actions={!values.invite && <Button onClick={() => set({ invite: 'yes' })}>{t('invite')}</Button>}
    >
      <div className="grid grid-cols-1 gap-5">
        {link && (
          <ShownOnce title={t('linkTitle')} label={t('link')} text={link} onClose={() => setLink(null)}>
            {t('linkText')}
          </ShownOnce>
        )}
        {values.invite && (
          <InviteForm
            onInvited={(link) => {
              setLink(link);
              close();
            }}
            onClose={close}
          />
        )}
        <Panel title={t('title')}>
          <Asked query={members}>
            {({ items }) => (
              <ul className="divide-y divide-rope">
                {items.map((member) => (
                  <MemberRow key={member.id} member={member} />
                ))}
              </ul>
            )}
          </Asked>
        </Panel>
        {invitations.data && invitations.data.items.length > 0 && (
          <Panel title={t('open')}>
            <ul className="divide-y divide-rope">
              {invitations.data.items.map((invitation) => (
                <InvitationRow key={invitation.id} invitation={invitation} />
              ))}
            </ul>
          </Panel>
        )}
        <RoleNotes />
      </div>
    </SettingsPage>
  );
}

function RoleNotes() {
  const t = useTranslations();
  return (
    <Panel title={t('settings.members.roles')}>
      <dl className="grid gap-2 px-4 py-4 text-sm sm:grid-cols-[7rem_minmax(0,1fr)] sm:gap-x-5 sm:px-5">
        {(['viewer', 'editor', 'admin', 'owner'] as const).map((role) => (
          <div key={role} className="sm:col-span-2 sm:grid sm:grid-cols-subgrid">
            <dt className="font-semibold">{t(`shell.roles.${role}`)}</dt>
            <dd className="text-ink-soft">{t(`settings.members.roleMeans.${role}`)}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
