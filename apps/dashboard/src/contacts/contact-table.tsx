'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { At } from '../components/at';
import type { Column } from '../components/data-table';
import { DataTable } from '../components/data-table';
import type { Contact } from '../data/contacts';
import { textOf } from './attribute-value';
import { addressOf, nameOf } from './contact-name';
import { usePlaces } from './places';

interface Props {
  contacts: readonly Contact[];
  order: { value: string; onChange: (order: string) => void } | undefined;
}

export function ContactTable({ contacts, order }: Props) {
  const t = useTranslations('contacts');
  return (
    <DataTable
      label={t('title')}
      name="contacts"
      rows={contacts}
      columns={useColumns(contacts)}
      keyOf={({ id }) => id}
      href={({ id }) => `/contact?id=${id}`}
      {...(order && { order })}
    />
  );
}

const mostAttributes = 15;

/** Fields of every contact, and the attributes that those on the page have. */
function useColumns(contacts: readonly Contact[]): Column<Contact>[] {
  const t = useTranslations();
  const { countryName, languageName } = usePlaces();
  const keys = [...new Set(contacts.flatMap(({ attributes }) => Object.keys(attributes)))].slice(
    0,
    mostAttributes,
  );
  const asked = keys.join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: names of places change with the language, as `t` does.
  return useMemo(() => {
    const fields: Column<Contact>[] = [
      {
        id: 'name',
        title: t('contacts.columns.name'),
        cell: (contact) => nameOf(contact) ?? t('contacts.unnamed'),
        sort: { ascending: 'name', descending: 'name_desc' },
      },
      { id: 'email', title: t('contacts.columns.email'), cell: (contact) => addressOf(contact, 'email') },
      { id: 'phone', title: t('contacts.columns.phone'), cell: (contact) => addressOf(contact, 'phone') },
      {
        id: 'country',
        title: t('contacts.columns.country'),
        cell: ({ country }) => country && countryName(country),
      },
      {
        id: 'locale',
        title: t('contacts.columns.locale'),
        cell: ({ locale }) => locale && languageName(locale),
      },
      {
        id: 'preferred_channel',
        title: t('contacts.columns.preferred_channel'),
        cell: ({ preferred_channel: channel }) => channel && t(`channels.${channel}`),
        hidden: true,
      },
      {
        id: 'time_zone',
        title: t('contacts.columns.time_zone'),
        cell: (contact) => contact.time_zone,
        hidden: true,
      },
      {
        id: 'external_id',
        title: t('contacts.columns.external_id'),
        cell: (contact) => contact.external_id,
        hidden: true,
      },
    ];
    const own = asked.split('\n').filter(Boolean);
    return [
      ...fields,
      ...own.map((key) => ({
        id: `attributes.${key}`,
        title: key,
        cell: ({ attributes }: Contact) => textOf((attributes as Record<string, unknown>)[key]),
        hidden: true,
      })),
      {
        id: 'updated_at',
        title: t('contacts.columns.updated_at'),
        cell: (contact) => <At instant={contact.updated_at} />,
        right: true,
        hidden: true,
      },
      {
        id: 'created_at',
        title: t('contacts.columns.created_at'),
        cell: (contact) => <At instant={contact.created_at} className="sm:whitespace-nowrap" />,
        right: true,
        sort: { ascending: 'oldest', descending: 'newest' },
      },
    ];
  }, [t, asked]);
}
