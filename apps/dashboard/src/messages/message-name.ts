'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { Message } from '../data/queries';
import { flowsQuery, templatesQuery } from '../data/queries';

/** How a message names its template: by its id, by the version that was chosen per channel, by a key, or by a key per channel. */
interface Named {
  id?: string;
  versions?: Record<string, { id: string }>;
  keys?: string | Record<string, string>;
}

function templateOf({ template, channel, channels }: Message): { id?: string; key?: string } {
  const { versions, keys, ...named } = (template ?? {}) as Named;
  const on = channel ?? channels[0] ?? '';
  const id = named.id ?? versions?.[on]?.id;
  const key = typeof keys === 'string' ? keys : keys?.[on];
  return { ...(id && { id }), ...(key && { key }) };
}

/** What a message is called, and where it comes from: its flow, or how it was sent. */
export function useMessageName(message: Message): { name: string; origin: string } {
  const t = useTranslations('messages');
  const { id, key } = templateOf(message);
  const { data: templates } = useQuery({ ...templatesQuery, enabled: Boolean(id ?? key) });
  const { data: flows } = useQuery({ ...flowsQuery, enabled: message.flow_id !== null });
  const template = templates?.items.find((one) => one.id === id || one.key === key);
  const flow = flows?.items.find((one) => one.id === message.flow_id);
  return {
    name: template?.name ?? key ?? t('ownWords'),
    origin: flow?.name ?? t(`sources.${message.source}`),
  };
}
