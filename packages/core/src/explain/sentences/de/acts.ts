import type { Sentences } from '../sentences.js';
import { allWithdrawn } from '../sentences.js';

export const actors: Sentences['actors'] = {
  user: (name) => name ?? 'Ein Mitglied',
  api_key: (name) => (name ? `Der API-Schlüssel „${name}“` : 'Ein API-Schlüssel'),
  automation: (name) => (name ? `Die Automatik „${name}“` : 'Eine Automatik'),
  provider: (name) => name ?? 'Der Anbieter',
  contact: () => 'Der Empfänger',
};

/** On which channel, about which topic. */
function about({ channel, topic }: Record<string, unknown>): string {
  const named = [
    typeof channel === 'string' && channel !== '*' ? channel : null,
    typeof topic === 'string' && topic !== '*' ? `„${topic}“` : null,
  ].filter((part) => part !== null);
  return named.length ? ` (${named.join(', ')})` : '';
}

export const acts: Sentences['acts'] = {
  'message.cancelled': (who) => `${who} hat sie abgesagt.`,
  'message.retried': (who, { confirmed }) =>
    `${who} ließ sie erneut senden${confirmed ? ', obwohl sie schon angekommen sein kann' : ''}.`,
  'review_item.replayed': (who, { confirmed }) =>
    `${who} ließ sie aus der Prüfliste erneut versuchen${confirmed ? ', obwohl sie schon angekommen sein kann' : ''}.`,
  'review_item.resolved': (who) => `${who} schloss ihren Prüfeintrag ohne einen weiteren Versuch.`,
  'suppression.added': (who) => `${who} setzte ihre Adresse auf die Sperrliste.`,
  'suppression.removed': (who) => `${who} nahm ihre Adresse von der Sperrliste.`,
  'consent.granted': (who, changes) =>
    `${who} verzeichnete eine Einwilligung in Nachrichten${about(changes)}.`,
  'consent.withdrawn': (who, changes) =>
    `${who} verzeichnete einen Widerspruch gegen Nachrichten${about(changes)}.`,
  'consent.confirmed': (who, changes) =>
    `${who} bestätigte die Einwilligung in Nachrichten${about(changes)}.`,
  'preferences.changed': (who, changes) =>
    `${who} ${allWithdrawn(changes) ? 'hat sich abgemeldet' : 'wählte neu, welche Nachrichten kommen sollen'}${about(changes)}.`,
  'contact.merged': (who) => `${who} führte einen anderen Kontakt mit ihrem Kontakt zusammen.`,
  'contact.unmerged': (who) => `${who} machte eine Zusammenführung ihres Kontakts rückgängig.`,
  'contact.erased': (who) => `${who} löschte ihren Kontakt und was über ihn verzeichnet war.`,
};
