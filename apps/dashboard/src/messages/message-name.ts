'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { z } from 'zod/mini';
import type { Message } from '../data/queries';
import { flowsQuery, templatesQuery } from '../data/queries';

/** A message names its template by a key, by a key per channel, or by the template's id. */
const Named = z.union([
  z.object({ keys: z.union([z.string(), z.record(z.string(), z.string())]) }),
  z.object({ id: z.string() }),
]);

function templateOf({ template, channel, channels }: Message): { id?: string; key?: string | undefined } {
  const { data } = Named.safeParse(template);
  if (!data) return {};
  if ('id' in data) return { id: data.id };
  return { key: typeof data.keys === 'string' ? data.keys : data.keys[channel ?? channels[0] ?? ''] };
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
