import type { Channel, IdentityKind } from '@halyard/contracts/primitives';
import type { Facts } from '../flows/run.js';
import type { DueMessage, Recipient } from './candidate.js';

/** The contact's columns and addresses among the facts (facts.ts), as release reads them; null when there is none. */
export function recipientIn(
  facts: Facts,
  { contactId }: DueMessage,
): Omit<Recipient, 'consents' | 'lastInboundAt'> | null {
  const contact = facts.contact as ContactFacts | null | undefined;
  if (!contact || !contactId) return null;
  return {
    id: contactId,
    firstName: contact.first_name,
    lastName: contact.last_name,
    locale: contact.locale,
    timeZone: contact.time_zone,
    country: contact.country,
    preferredChannel: contact.preferred_channel,
    erased: contact.erased_at !== null,
    identities: Object.entries(contact.identities).flatMap(([kind, addresses]) =>
      addresses.map((address) => ({ kind: kind as IdentityKind, address })),
    ),
  };
}

interface ContactFacts {
  first_name: string | null;
  last_name: string | null;
  locale: string | null;
  time_zone: string | null;
  country: string | null;
  preferred_channel: Channel | null;
  erased_at: string | null;
  identities: Record<string, string[]>;
}
