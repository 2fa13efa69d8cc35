'use client';
import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CompactInput } from '../components/compact-controls';
import { Menu, MenuItem } from '../components/menu';
import { contactQuery } from '../data/queries';
import type { Sample } from '../data/templates';
import { foundContactsQuery, latestBookingQuery } from '../data/templates';
import { useSettled } from '../data/use-settled';

/** The recipient that previews show, by the id of a contact; '' for an invented one. */
export function useSample(contactId: string) {
  const { data: contact } = useQuery({ ...contactQuery(contactId), enabled: contactId !== '' });
  const { data: bookings } = useQuery(latestBookingQuery(contactId));
  const booking = bookings?.items[0]?.id;
  const sample: Sample = contactId ? { contact_id: contactId, ...(booking && { booking_id: booking }) } : {};
  return { sample, contact: contact ?? null };
}

interface Named {
  first_name: string | null;
  last_name: string | null;
}

export const fullName = ({ first_name, last_name }: Named): string =>
  [first_name, last_name].filter(Boolean).join(' ');

interface Props {
  chosen: string | null;
  onChoose: (contactId: string) => void;
}

/** Whose name and booking the preview is filled with: somebody who is searched for, or an invented sailor. */
export function SampleChoice({ chosen, onChoose }: Props) {
  const t = useTranslations('template.sample');
  const [search, setSearch] = useState('');
  const { data } = useQuery(foundContactsQuery(useSettled(search.trim(), 200)));
  return (
    <Menu
      place="right-0 top-full mt-1"
      stays
      triggerClass="inline-flex h-11 items-center gap-1.5 rounded-md px-2 text-sm font-semibold hover:bg-sunk sm:h-9"
      trigger={
        <>
          <span className="max-w-40 truncate">{chosen ?? t('invented')}</span>
          <ChevronDown className="size-4" aria-hidden="true" />
        </>
      }
    >
      <div className="p-1">
        <CompactInput
          label={t('search')}
          placeholder={t('search')}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
          className="w-full"
        />
      </div>
      <MenuItem onClick={() => onChoose('')}>{t('invented')}</MenuItem>
      {data?.items.map((contact) => (
        <MenuItem key={contact.id} onClick={() => onChoose(contact.id)}>
          <span className="truncate">{fullName(contact) || t('unnamed')}</span>
        </MenuItem>
      ))}
      {data?.items.length === 0 && <p className="px-3 py-2 text-sm text-ink-soft">{t('none')}</p>}
    </Menu>
  );
}
