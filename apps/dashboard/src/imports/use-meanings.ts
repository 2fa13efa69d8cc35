'use client';
import { channels } from '@halyard/contracts/channels';
import { useTranslations } from 'next-intl';
import { useConsentNames } from '../contacts/consent-names';

const fields = [
  'email',
  'phone',
  'first_name',
  'last_name',
  'external_id',
  'locale',
  'country',
  'time_zone',
  'preferred_channel',
] as const;
const kinds = [...channels.filter((channel) => channel !== 'email'), 'crm_user_id'] as const;
const consentChannels = ['email', 'sms', 'whatsapp', '*'] as const;

/** What a column can be said to mean, with the meaning that it has. */
export function useMeanings(present: string): readonly (readonly [value: string, text: string])[] {
  const t = useTranslations();
  const names = useConsentNames();
  const offered: (readonly [string, string])[] = [
    ['ignore', t('imports.meanings.ignore')],
    ...fields.map((field) => [field, t(`contact.fields.${field}`)] as const),
    ...kinds.map((kind) => [kind, t(`contact.kinds.${kind}`)] as const),
    ['attributes.', t('imports.meanings.attribute')],
    ...consentChannels.flatMap((channel) => [
      [`consent.${channel}`, t('imports.meanings.consent', { channel: names.channel(channel) })] as const,
      ...names.topics.map(
        ([key, topic]) =>
          [
            `consent.${channel}.${key}`,
            t('imports.meanings.consentTopic', { channel: names.channel(channel), topic }),
          ] as const,
      ),
    ]),
    ['consent_at', t('imports.meanings.consentAt')],
    ['consent_source', t('imports.meanings.consentSource')],
  ];
  const known = present.startsWith('attributes.') || offered.some(([value]) => value === present);
  return known ? offered : [...offered, [present, present]];
}
