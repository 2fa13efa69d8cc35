'use client';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { At } from '../components/at';
import { Panel } from '../components/panel';
import type { Contact } from '../data/contacts';
import { useMay } from '../shell/use-may';
import { FactList } from './fact-list';
import { PanelAct } from './panel-act';
import { usePlaces } from './places';

const ProfileForm = dynamic(() => import('./profile-form').then((file) => file.ProfileForm), { ssr: false });

/** Who they are; in place of the facts there is a form when they are edited. */
export function Profile({ contact }: { contact: Contact }) {
  const t = useTranslations();
  const places = usePlaces();
  const may = useMay();
  const [editing, setEditing] = useState(false);
  const { locale, country, preferred_channel: channel } = contact;
  return (
    <Panel
      title={t('contact.profile')}
      aside={
        may('editor') &&
        !editing && (
          <PanelAct label={t('contact.editProfile')} text={t('acts.edit')} onClick={() => setEditing(true)} />
        )
      }
    >
      {editing ? (
        <ProfileForm contact={contact} onDone={() => setEditing(false)} />
      ) : (
        <FactList
          rows={[
            [t('contact.fields.first_name'), contact.first_name],
            [t('contact.fields.last_name'), contact.last_name],
            [t('contact.fields.locale'), locale && places.languageName(locale)],
            [t('contact.fields.country'), country && places.countryName(country)],
            [t('contact.fields.time_zone'), contact.time_zone?.replaceAll('_', ' ')],
            [t('contact.fields.preferred_channel'), channel && t(`channels.${channel}`)],
            [t('contact.fields.external_id'), contact.external_id],
            [t('contact.fields.created_at'), <At key="created" instant={contact.created_at} />],
            [t('contact.fields.updated_at'), <At key="updated" instant={contact.updated_at} />],
          ]}
        />
      )}
    </Panel>
  );
}
