'use client';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Panel } from '../components/panel';
import type { Contact } from '../data/contacts';
import { useMay } from '../shell/use-may';
import { textOf } from './attribute-value';
import { FactList } from './fact-list';
import { PanelAct } from './panel-act';

const AttributesForm = dynamic(() => import('./attributes-form').then((file) => file.AttributesForm), {
  ssr: false,
});

/** What else is known of a contact, by names of the organization's own. */
export function Attributes({ contact }: { contact: Contact }) {
  const t = useTranslations();
  const may = useMay();
  const [editing, setEditing] = useState(false);
  const rows = Object.entries(contact.attributes).map(([key, value]) => [key, textOf(value)] as const);
  return (
    <Panel
      title={t('contact.attributes')}
      aside={
        may('editor') &&
        !editing && (
          <PanelAct
            label={t('contact.editAttributes')}
            text={t('acts.edit')}
            onClick={() => setEditing(true)}
          />
        )
      }
    >
      {editing ? (
        <AttributesForm contact={contact} onDone={() => setEditing(false)} />
      ) : rows.length ? (
        <FactList rows={rows} />
      ) : (
        <p className="px-4 py-4 text-sm text-ink-soft sm:px-5">{t('contact.noAttributes')}</p>
      )}
    </Panel>
  );
}
