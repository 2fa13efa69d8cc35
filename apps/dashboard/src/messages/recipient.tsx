'use client';
import { useTranslations } from 'next-intl';
import type { ListedMessage } from '../data/queries';

/** To whom: the contact's name, else the address that it went to. */
export function Recipient({ message: { contact, address } }: { message: ListedMessage }) {
  const t = useTranslations('messages');
  return <>{contact?.name ?? address ?? contact?.address ?? t('unnamed')}</>;
}
