import type { KnownFact } from '../conditions/known-facts';
import { contactFacts } from '../conditions/known-facts';

/** What an audience can ask of a contact by name; everything else by its path. */
export const audienceFacts: readonly KnownFact[] = [
  ...contactFacts,
  ...(['email', 'sms', 'whatsapp'] as const).map((channel) => ({
    path: `contact.consents.${channel}.all`,
    kind: 'text' as const,
    values: ['granted', 'pending', 'withdrawn'],
  })),
];
