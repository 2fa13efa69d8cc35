import type { Sentences } from '../sentences.js';
import { allWithdrawn } from '../sentences.js';

export const actors: Sentences['actors'] = {
  user: (name) => name ?? 'A member',
  api_key: (name) => (name ? `The API key “${name}”` : 'An API key'),
  automation: (name) => (name ? `The automation “${name}”` : 'An automation'),
  provider: (name) => name ?? 'The provider',
  contact: () => 'The recipient',
};

/** On which channel, about which topic. */
function about({ channel, topic }: Record<string, unknown>): string {
  const named = [
    typeof channel === 'string' && channel !== '*' ? channel : null,
    typeof topic === 'string' && topic !== '*' ? `“${topic}”` : null,
  ].filter((part) => part !== null);
  return named.length ? ` (${named.join(', ')})` : '';
}

export const acts: Sentences['acts'] = {
  'message.cancelled': (who) => `${who} cancelled it.`,
  'message.retried': (who, { confirmed }) =>
    `${who} had it sent again${confirmed ? ', although it may have arrived before' : ''}.`,
  'review_item.replayed': (who, { confirmed }) =>
    `${who} had it tried again from the review list${confirmed ? ', although it may have arrived before' : ''}.`,
  'review_item.resolved': (who) => `${who} closed its review item without another try.`,
  'suppression.added': (who) => `${who} put its address on the suppression list.`,
  'suppression.removed': (who) => `${who} took its address off the suppression list.`,
  'consent.granted': (who, changes) => `${who} recorded a consent to messages${about(changes)}.`,
  'consent.withdrawn': (who, changes) => `${who} recorded an objection to messages${about(changes)}.`,
  'consent.confirmed': (who, changes) => `${who} confirmed their consent to messages${about(changes)}.`,
  'preferences.changed': (who, changes) =>
    `${who} ${allWithdrawn(changes) ? 'unsubscribed' : 'chose anew which messages to get'}${about(changes)}.`,
  'contact.merged': (who) => `${who} merged another contact into its contact.`,
  'contact.unmerged': (who) => `${who} took a merge of its contact back.`,
  'contact.erased': (who) => `${who} erased its contact, and what was recorded of them.`,
};
