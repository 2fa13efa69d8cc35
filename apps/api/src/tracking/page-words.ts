const en = {
  unknownTitle: 'This link does not work',
  unknownText: 'It may be incomplete or too old. Please open it again from the message that you received.',
  unsubscribeTitle: 'Unsubscribe',
  unsubscribeText: (channel: string) => `Do you no longer want to receive ${channel} from us?`,
  topicsTitle: 'Your messages from us',
  topicsText: (channel: string) => `Choose which ${channel} you want to receive.`,
  topics: 'Topics',
  save: 'Save my choice',
  unsubscribe: 'Unsubscribe',
  unsubscribeAll: 'Unsubscribe from everything',
  doneTitle: 'You are unsubscribed',
  doneText: 'You will receive no more of these messages.',
  savedTitle: 'Saved',
  savedText: 'Your choice applies from now on.',
  confirmTitle: 'Please confirm',
  confirmText: (channel: string, topic: string | null) =>
    `Do you want to receive ${channel} from us${topic ? ` about ${topic}` : ''}?`,
  confirmNot: 'If you did not ask for this, simply close this page.',
  confirm: 'Yes, I confirm',
  confirmedTitle: 'Thank you',
  confirmedText: 'Your consent is confirmed. You can withdraw it at any time with the link in every message.',
  withdrawnTitle: 'Not confirmed',
  withdrawnText: 'You have unsubscribed since. Please sign up again if you have changed your mind.',
  channels: { email: 'emails', sms: 'text messages', whatsapp: 'WhatsApp messages' } as Record<
    string,
    string
  >,
  messages: 'messages',
};

export type PageWords = typeof en;

const de: PageWords = {
  unknownTitle: 'Dieser Link funktioniert nicht',
  unknownText:
    'Er ist vielleicht unvollständig oder zu alt. Bitte öffnen Sie ihn noch einmal aus der Nachricht, die Sie erhalten haben.',
  unsubscribeTitle: 'Abmelden',
  unsubscribeText: (channel) => `Möchten Sie keine ${channel} mehr von uns erhalten?`,
  topicsTitle: 'Ihre Nachrichten von uns',
  topicsText: (channel) => `Wählen Sie, welche ${channel} Sie erhalten möchten.`,
  topics: 'Themen',
  save: 'Auswahl speichern',
  unsubscribe: 'Abmelden',
  unsubscribeAll: 'Von allem abmelden',
  doneTitle: 'Sie sind abgemeldet',
  doneText: 'Sie erhalten diese Nachrichten nicht mehr.',
  savedTitle: 'Gespeichert',
  savedText: 'Ihre Auswahl gilt ab sofort.',
  confirmTitle: 'Bitte bestätigen',
  confirmText: (channel, topic) =>
    `Möchten Sie von uns ${channel}${topic ? ` zum Thema ${topic}` : ''} erhalten?`,
  confirmNot: 'Wenn Sie das nicht angefordert haben, schließen Sie einfach diese Seite.',
  confirm: 'Ja, ich bestätige',
  confirmedTitle: 'Vielen Dank',
  confirmedText:
    'Ihre Einwilligung ist bestätigt. Sie können sie jederzeit über den Link in jeder Nachricht widerrufen.',
  withdrawnTitle: 'Nicht bestätigt',
  withdrawnText:
    'Sie haben sich inzwischen abgemeldet. Melden Sie sich neu an, wenn Sie es sich anders überlegt haben.',
  channels: { email: 'E-Mails', sms: 'SMS', whatsapp: 'WhatsApp-Nachrichten' },
  messages: 'Nachrichten',
};

const languages: Record<string, PageWords> = { en, de };

export interface Language {
  lang: string;
  words: PageWords;
}

/** The first of these locales that we speak: the contact's, those of the browser, the organization's; else English. */
export function languageOf(wanted: readonly (string | null | undefined)[]): Language {
  for (const locale of wanted) {
    const lang = locale?.split(/[-_]/)[0]?.toLowerCase() ?? '';
    const words = Object.hasOwn(languages, lang) ? languages[lang] : undefined;
    if (words) return { lang, words };
  }
  return { lang: 'en', words: en };
}

/** The languages of an Accept-Language header in its order; weights are left to those who send them in order. */
export const acceptedLanguages = (header: string | undefined): string[] =>
  (header ?? '').split(',').map((part) => part.split(';')[0]?.trim() ?? '');

/** The name of a topic in this language, or in any. */
export const nameIn = (names: Record<string, string>, lang: string): string =>
  names[lang] ?? names.en ?? Object.values(names)[0] ?? '';
