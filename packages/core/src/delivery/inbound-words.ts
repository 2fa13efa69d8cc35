/** What a person asked for by one word (CTIA's list, and its German, French and Spanish counterparts). */
export type InboundWord = 'stop' | 'start' | 'help';

const words: Record<InboundWord, readonly string[]> = {
  stop: [
    ...['STOP', 'STOPALL', 'STOP ALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT', 'OPT OUT'],
    ...['STOPP', 'ABMELDEN', 'ABMELDUNG', 'ABBESTELLEN', 'AUSTRAGEN', 'ARRET', 'BAJA', 'ALTO'],
  ],
  start: ['START', 'UNSTOP', 'OPTIN', 'OPT IN', 'ANMELDEN'],
  help: ['HELP', 'INFO', 'HILFE', 'AIDE', 'AYUDA'],
};

const meanings = new Map(
  Object.entries(words).flatMap(([meaning, list]) => list.map((word) => [word, meaning as InboundWord])),
);

/**
 * The word that a text consists of, whatever its case and punctuation; null for any other text. A word inside a sentence
 * asks for nothing: "please do not stop" is an answer.
 */
export function wordIn(text: string): InboundWord | null {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^\p{Letter}\s-]/gu, '')
    .replace(/[\s-]+/g, ' ')
    .trim()
    .toUpperCase();
  return meanings.get(plain) ?? null;
}

const answers: Record<string, Record<InboundWord, (organization: string) => string>> = {
  en: {
    stop: (name) =>
      `${name}: You are unsubscribed and get no more messages here. Reply START to subscribe again.`,
    start: (name) => `${name}: You are subscribed. Reply STOP to unsubscribe, HELP for help.`,
    help: (name) =>
      `${name}: Reply STOP to get no more messages here. For anything else, please contact us directly.`,
  },
  de: {
    stop: (name) =>
      `${name}: Sie sind abgemeldet und erhalten hier keine Nachrichten mehr. START meldet Sie wieder an.`,
    start: (name) => `${name}: Sie sind angemeldet. STOP meldet Sie ab, HILFE hilft weiter.`,
    help: (name) =>
      `${name}: Mit STOP erhalten Sie hier keine Nachrichten mehr. Bei anderen Fragen wenden Sie sich bitte direkt an uns.`,
  },
};

/** The one answer to such a word, in the person's language. */
export function answerTo(word: InboundWord, organization: string, locale: string): string {
  const language = answers[locale.split('-')[0] ?? ''] ?? answers.en;
  return language?.[word](organization) ?? '';
}
