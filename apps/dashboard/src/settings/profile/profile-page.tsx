'use client';
import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../../data/queries';
import { Asked } from '../asked';
import { SettingsPage } from '../settings-page';
import { Account } from './account';
import { Display } from './display';
import { Organizations } from './organizations';
import { PasswordForm } from './password-form';
import { Sessions } from './sessions';
import { TwoFactor } from './two-factor';

/** What belongs to a person's account, whatever organization they work in. */
export function ProfilePage() {
  return (
    <SettingsPage part="profile">
      <Asked query={useQuery(meQuery)}>
        {(me) => (
          <div className="grid grid-cols-1 gap-5">
            <Account me={me} />
            <TwoFactor on={me.two_factor} email={me.email} />
            <PasswordForm />
            <Sessions />
            <Organizations me={me} />
            <Display />
          </div>
        )}
      </Asked>
    </SettingsPage>
  );
}
