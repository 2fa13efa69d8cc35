'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { Message } from '../data/queries';
import { contactQuery } from '../data/queries';

/** To whom: the contact's name, else the address that it went to. */
export function Recipient({ message }: { message: Message }) {
  const t = useTranslations('messages');
  const { contact_id: id, address } = message;
  const { data, isPending } = useQuery({ ...contactQuery(id ?? ''), enabled: id !== null });
  if (id !== null && isPending) return <span className="skeleton inline-block h-4 w-28" />;
  const name = [data?.first_name, data?.last_name].filter(Boolean).join(' ');
  return <>{name || address || data?.identities[0]?.address || t('unnamed')}</>;
}
