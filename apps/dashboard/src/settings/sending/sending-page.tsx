'use client';
import { useQuery } from '@tanstack/react-query';
import { organizationQuery } from '../../data/queries';
import { lookQuery, policyQuery } from '../../data/settings';
import { Asked } from '../asked';
import { SettingsPage } from '../settings-page';
import { LookForm } from './look-form';
import { OrganizationForm } from './organization-form';
import { PolicyForm } from './policy-form';

/** Who the organization is, and by which rules it sends. */
export function SendingPage() {
  const organization = useQuery(organizationQuery);
  const policy = useQuery(policyQuery);
  const look = useQuery(lookQuery);
  return (
    <SettingsPage part="sending">
      <div className="grid grid-cols-1 gap-5">
        <Asked query={policy} lines={10}>
          {(data) => <PolicyForm key={JSON.stringify(data)} policy={data} />}
        </Asked>
        <Asked query={organization} lines={6}>
          {(data) => <OrganizationForm key={data.updated_at} organization={data} />}
        </Asked>
        <Asked query={look} lines={4}>
          {(data) => <LookForm key={JSON.stringify(data)} look={data} />}
        </Asked>
      </div>
    </SettingsPage>
  );
}
