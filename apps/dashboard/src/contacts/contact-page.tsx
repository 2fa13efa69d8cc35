'use client';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Empty } from '../components/empty';
import { PageHead } from '../components/page-head';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import type { Contact } from '../data/contacts';
import { isRefused } from '../data/problem';
import { contactQuery } from '../data/queries';
import { useTimes } from '../i18n/times';
import { Attributes } from './attributes';
import { Consents } from './consents';
import { ContactActs } from './contact-acts';
import { nameOf } from './contact-name';
import { Gone } from './gone';
import { Identities } from './identities';
import { Merges } from './merges';
import { NextForContact } from './next-for-contact';
import { Profile } from './profile';
import { Timeline } from './timeline';

/** One person: who they are, what they allow, what happened and what comes. */
export function ContactPage() {
  const id = useSearchParams().get('id') ?? '';
  const t = useTranslations('contact');
  const { data, error, refetch } = useQuery(contactQuery(id));
  const missing = !id || isRefused(error, 'not_found') || isRefused(error, 'invalid_request');
  const back = { href: '/contacts', text: t('back') };
  if (missing)
    return (
      <>
        <PageHead title={<span className="sr-only">{t('missing')}</span>} back={back} />
        <Empty title={t('missing')}>{t('missingHint')}</Empty>
      </>
    );
  if (error && !data) return <Trouble error={error} again={() => void refetch()} />;
  if (!data) return <Skeleton lines={10} className="py-5" />;
  if (data.merged_into || data.erased_at)
    return (
      <>
        <PageHead title={nameOf(data) ?? t('unnamed')} back={back} />
        <Gone contact={data} />
      </>
    );
  return <Person key={id} contact={data} back={back} />;
}

function Person({ contact, back }: { contact: Contact; back: { href: string; text: string } }) {
  const t = useTranslations('contact');
  const times = useTimes();
  const name = nameOf(contact);
  const address = contact.identities[0]?.address;
  return (
    <>
      <PageHead
        back={back}
        title={<span className="break-words">{name ?? t('unnamed')}</span>}
        text={[address !== name && address, t('timesIn', { zone: times.zone })].filter(Boolean).join(' · ')}
      />
      {/* On a phone the timeline comes last, as it has no end. */}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] lg:grid-rows-[auto_1fr]">
        <NextForContact id={contact.id} />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5 lg:row-span-2">
          <Profile contact={contact} />
          <Identities contact={contact} />
          <Consents id={contact.id} />
          <Attributes contact={contact} />
          <Merges contact={contact} />
          <ContactActs contact={contact} />
        </div>
        <Timeline id={contact.id} />
      </div>
    </>
  );
}
