'use client';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import type { CurrentConsent } from '../data/contacts';
import { topicsQuery } from '../data/contacts';

/** What topics and channels are called; `*` stands for all of them. */
export function useConsentNames() {
  const t = useTranslations();
  const locale = useLocale();
  const { data } = useQuery(topicsQuery);
  const topics = (data?.items ?? []).map(({ key, name }) => [key, nameIn(name, locale) ?? key] as const);
  const named = new Map(topics);
  return {
    topics,
    topic: (key: string) => (key === '*' ? t('contact.allTopics') : (named.get(key) ?? key)),
    channel: (channel: CurrentConsent['channel']) =>
      channel === '*' ? t('contact.allChannels') : t(`channels.${channel}`),
  };
}

const nameIn = (names: Record<string, string>, locale: string): string | undefined =>
  names[locale] ?? Object.values(names)[0];
