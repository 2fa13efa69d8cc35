'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Download, Plus, Upload } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { Button, buttonStyle } from '../components/button';
import { Listing } from '../components/listing';
import { PageHead } from '../components/page-head';
import { contactFilterNames, contactsFile, contactsQuery } from '../data/contacts';
import { Link } from '../i18n/navigation';
import { useTimes } from '../i18n/times';
import { useAddress } from '../i18n/use-address';
import { useMay } from '../shell/use-may';
import { ContactFilters } from './contact-filters';
import { ContactTable } from './contact-table';
import { NoContacts } from './no-contacts';

const NewContact = dynamic(() => import('./new-contact').then((file) => file.NewContact), { ssr: false });

/** Everybody that messages can go to: found, sorted, exported, and made. */
export function ContactsPage() {
  const t = useTranslations('contacts');
  const times = useTimes();
  const may = useMay();
  const { values: filter, set, clear } = useAddress(contactFilterNames);
  const making = useAddress(['new']);
  const { order, ...narrowing } = filter;
  const narrowed = Object.values(narrowing).some(Boolean);
  const query = useInfiniteQuery(contactsQuery(filter));
  return (
    <>
      <PageHead title={t('title')} text={t('text', { zone: times.zone })}>
        <Link href="/imports" className={buttonStyle({ look: 'outlined' })}>
          <Upload aria-hidden="true" />
          {t('imports')}
        </Link>
        {may('editor') && (
          <>
            <a
              className={buttonStyle({ look: 'outlined' })}
              href={contactsFile(filter)}
              download="contacts.csv"
            >
              <Download aria-hidden="true" />
              {t('export')}
            </a>
            {!making.narrowed && (
              <Button onClick={() => making.set({ new: '1' })}>
                <Plus aria-hidden="true" />
                {t('new')}
              </Button>
            )}
          </>
        )}
      </PageHead>
      {making.narrowed && may('editor') && <NewContact onClose={making.clear} />}
      <ContactFilters filter={filter} onChange={set} onClear={narrowed ? clear : null} />
      <Listing query={query} none={<NoContacts narrowed={narrowed} onClear={clear} />}>
        {(contacts) => (
          <ContactTable
            contacts={contacts}
            order={
              filter.search
                ? undefined
                : {
                    value: order || 'newest',
                    onChange: (next) => set({ order: next === 'newest' ? '' : next }),
                  }
            }
          />
        )}
      </Listing>
    </>
  );
}
