'use client';
import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CompactInput } from '../components/compact-controls';
import { Menu, MenuItem } from '../components/menu';
import { nameOf } from '../contacts/contact-name';
import { searchQuery } from '../data/contacts';
import { contactQuery } from '../data/queries';
import { useSettled } from '../data/use-settled';

interface Props {
  /** The contact's id; '' for everybody. */
  value: string;
  onChange: (contactId: string) => void;
}

/** Narrows a list down to one recipient, who is found by their name or address. */
export function RecipientFilter({ value, onChange }: Props) {
  const t = useTranslations('messages');
  const [search, setSearch] = useState('');
  const { data: chosen } = useQuery({ ...contactQuery(value), enabled: value !== '' });
  const { data: found } = useQuery(searchQuery(useSettled(search.trim())));
  const choose = (id: string) => {
    setSearch('');
    onChange(id);
  };
  const name = value ? ((chosen && nameOf(chosen)) ?? t('unnamed')) : t('all');
  return (
    <div className="grid gap-1">
      <span className="text-xs font-semibold text-ink-soft" aria-hidden="true">
        {t('filters.recipient')}
      </span>
      <Menu
        place="left-0 top-full mt-1"
        stays
        triggerClass="inline-flex h-11 w-full min-w-36 items-center justify-between gap-2 rounded-md border border-rope-strong bg-sail px-2.5 text-sm sm:h-9"
        trigger={
          <>
            <span className="max-w-40 truncate">
              <span className="sr-only">{t('filters.recipient')}: </span>
              {name}
            </span>
            <ChevronDown className="size-4 shrink-0" aria-hidden="true" />
          </>
        }
      >
        <div className="grid p-1">
          <CompactInput
            label={t('findRecipient')}
            placeholder={t('findRecipient')}
            value={search}
            onChange={({ target }) => setSearch(target.value)}
          />
        </div>
        {value && <MenuItem onClick={() => choose('')}>{t('all')}</MenuItem>}
        {search &&
          found?.items.map((contact) => (
            <MenuItem key={contact.id} onClick={() => choose(contact.id)}>
              <span className="truncate">
                {nameOf(contact) ?? contact.identities[0]?.address ?? t('unnamed')}
              </span>
            </MenuItem>
          ))}
        {search && found?.items.length === 0 && (
          <p className="px-3 py-2 text-sm text-ink-soft">{t('nobodyFound')}</p>
        )}
      </Menu>
    </div>
  );
}
