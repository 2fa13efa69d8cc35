'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../components/button';
import { SearchField } from '../components/search-field';
import { nameOf } from '../contacts/contact-name';
import type { Contact } from '../data/contacts';
import { searchQuery } from '../data/contacts';

interface Props {
  chosen: Contact | null;
  onChoose: (contact: Contact | null) => void;
}

/** One contact, found by the beginning of a name or an address. */
export function ContactChoice({ chosen, onChoose }: Props) {
  const t = useTranslations('flow.byHand');
  const [search, setSearch] = useState('');
  const { data } = useQuery({ ...searchQuery(search), enabled: search !== '' && !chosen });
  if (chosen)
    return (
      <p className="flex flex-wrap items-center justify-between gap-2 text-sm">
        <span className="font-semibold break-words">{nameOf(chosen) ?? chosen.id}</span>
        <Button look="plain" onClick={() => onChoose(null)}>
          {t('another')}
        </Button>
      </p>
    );
  return (
    <div className="grid gap-2">
      <SearchField label={t('search')} value={search} onSearch={setSearch} />
      {search !== '' && data && (
        <ul className="grid">
          {data.items.map((contact) => (
            <li key={contact.id}>
              <button
                type="button"
                onClick={() => onChoose(contact)}
                className="flex min-h-11 w-full flex-wrap items-baseline gap-x-2 rounded-md px-2 py-2 text-left text-sm hover:bg-sea-wash sm:min-h-9"
              >
                <span className="font-semibold">{nameOf(contact) ?? t('unnamed')}</span>
                <span className="break-all text-ink-soft">{contact.identities[0]?.address}</span>
              </button>
            </li>
          ))}
          {data.items.length === 0 && <li className="text-sm text-ink-soft">{t('noneFound')}</li>}
        </ul>
      )}
    </div>
  );
}
