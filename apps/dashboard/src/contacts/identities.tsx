'use client';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { At } from '../components/at';
import { Button } from '../components/button';
import { Panel } from '../components/panel';
import type { Contact, Identity } from '../data/contacts';
import { useMay } from '../shell/use-may';
import { channelsOf } from './channels-of';
import { PanelAct } from './panel-act';
import { SuppressedOn } from './suppressed-on';
import { useChangeContact } from './use-change-contact';

const IdentityForm = dynamic(() => import('./identity-form').then((file) => file.IdentityForm), {
  ssr: false,
});

/** The addresses that they can be reached at, and those that must not be written to. */
export function Identities({ contact }: { contact: Contact }) {
  const t = useTranslations();
  const may = useMay();
  const [adding, setAdding] = useState(false);
  return (
    <Panel
      title={t('contact.identities')}
      aside={
        may('editor') &&
        !adding && (
          <PanelAct
            label={t('contact.addIdentity')}
            text={t('contact.add')}
            onClick={() => setAdding(true)}
          />
        )
      }
    >
      {adding && <IdentityForm contactId={contact.id} onDone={() => setAdding(false)} />}
      {contact.identities.length === 0 ? (
        <p className="px-4 py-4 text-sm text-ink-soft sm:px-5">{t('contact.noIdentities')}</p>
      ) : (
        <ul className="divide-y divide-rope">
          {contact.identities.map((identity) => (
            <Row key={identity.id} contactId={contact.id} identity={identity} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Row({
  contactId,
  identity: { kind, address, verified_at },
}: {
  contactId: string;
  identity: Identity;
}) {
  const t = useTranslations('contact');
  const may = useMay();
  const change = useChangeContact(contactId);
  const remove = () =>
    change.mutate({
      patch: { remove_identities: [{ kind, address }] },
      before: { add_identities: [{ kind, address }] },
    });
  return (
    <li className="px-4 py-2.5 text-sm sm:px-5">
      <div className="flex items-center gap-3">
        <div className="min-w-0 flex-1">
          <p className="font-semibold break-words">{address}</p>
          <p className="text-xs text-ink-soft">
            {t(`kinds.${kind}`)}
            {verified_at && (
              <>
                {' · '}
                {t('verified')} <At instant={verified_at} as="moment" />
              </>
            )}
          </p>
        </div>
        {may('editor') && (
          <Button
            look="plain"
            disabled={change.isPending}
            aria-label={t('removeIdentity', { address })}
            onClick={remove}
          >
            {t('remove')}
          </Button>
        )}
      </div>
      {channelsOf(kind).map((channel) => (
        <SuppressedOn key={channel} channel={channel} address={address} />
      ))}
    </li>
  );
}
