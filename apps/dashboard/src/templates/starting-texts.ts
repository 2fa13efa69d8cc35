import type { Language } from '../i18n/locales';

/** What a new template may begin with. */
export const starts = ['blank', 'reminder', 'news'] as const;
export type WrittenStart = (typeof starts)[number];

interface StartingMail {
  subject: string;
  preheader: string;
  heading: string;
  body: string;
  button?: string;
}

/** What new templates say until somebody writes more. It is content with Liquid in it, which is why it is not in `words`. */
export interface StartingTexts {
  /** As WhatsApp names it. */
  language: string;
  firstName: string;
  unsubscribe: string;
  mail: Record<WrittenStart, StartingMail>;
  short: Record<WrittenStart, string>;
}

export const startingTexts: Record<Language, StartingTexts> = {
  en: {
    language: 'en_GB',
    firstName: '{{ firstName | default: "there" }}',
    unsubscribe: 'Unsubscribe',
    mail: {
      blank: {
        subject: 'A message from {{ organizationName }}',
        preheader: 'What it is about, in one sentence',
        heading: 'What it is about',
        body: 'Hi {{ firstName | default: "there" }},\n\nwrite here what you want to say.\n\nBest wishes,\n{{ organizationName }}',
      },
      reminder: {
        subject: 'Soon: {{ eventName }}',
        preheader: '{{ eventDate }} at {{ eventTime }}',
        heading: 'See you soon',
        body: 'Hi {{ firstName | default: "there" }},\n\n**{{ eventName }}** begins on {{ eventDate }} at {{ eventTime }}.\n\n{% if eventLocation %}\nWhere: **{{ eventLocation }}**\n{% endif %}\n\nIf something comes up, just answer this mail.\n\nBest wishes,\n{{ organizationName }}',
      },
      news: {
        subject: 'News from {{ organizationName }}',
        preheader: 'What is new, in one sentence',
        heading: 'What is new with us',
        body: 'Hi {{ firstName | default: "there" }},\n\nsay in two or three sentences what is new, and why it matters to your readers:\n\n- first\n- second\n- third',
        button: 'Find out more',
      },
    },
    short: {
      blank: 'Hi {{ firstName | default: "there" }}, write here what you want to say. {{ organizationName }}',
      reminder:
        '{{ eventName }} begins on {{ eventDate }} at {{ eventTime }}. See you soon! {{ organizationName }}',
      news: 'Hi {{ firstName | default: "there" }}, there is news from us: {{ organization.website }} {{ organizationName }}',
    },
  },
  de: {
    language: 'de',
    firstName: '{{ firstName | default: "und hallo" }}',
    unsubscribe: 'Abmelden',
    mail: {
      blank: {
        subject: 'Eine Nachricht von {{ organizationName }}',
        preheader: 'Worum es geht, in einem Satz',
        heading: 'Worum es geht',
        body: 'Guten Tag {{ firstName | default: "und willkommen" }},\n\nschreiben Sie hier, was Sie sagen möchten.\n\nHerzliche Grüße\n{{ organizationName }}',
      },
      reminder: {
        subject: 'Bald ist es so weit: {{ eventName }}',
        preheader: '{{ eventDate }} um {{ eventTime }} Uhr',
        heading: 'Bis bald',
        body: 'Guten Tag {{ firstName | default: "und willkommen" }},\n\n**{{ eventName }}** beginnt am {{ eventDate }} um {{ eventTime }} Uhr.\n\n{% if eventLocation %}\nWo: **{{ eventLocation }}**\n{% endif %}\n\nKommt etwas dazwischen, antworten Sie einfach auf diese Mail.\n\nHerzliche Grüße\n{{ organizationName }}',
      },
      news: {
        subject: 'Neues von {{ organizationName }}',
        preheader: 'Was es Neues gibt, in einem Satz',
        heading: 'Neues von uns',
        body: 'Guten Tag {{ firstName | default: "und willkommen" }},\n\nsagen Sie in zwei, drei Sätzen, was neu ist und was Ihre Leser davon haben:\n\n- erstens\n- zweitens\n- drittens',
        button: 'Mehr erfahren',
      },
    },
    short: {
      blank:
        'Guten Tag {{ firstName | default: "und willkommen" }}, schreiben Sie hier, was Sie sagen möchten. {{ organizationName }}',
      reminder:
        '{{ eventName }} beginnt am {{ eventDate }} um {{ eventTime }} Uhr. Bis bald! {{ organizationName }}',
      news: 'Guten Tag {{ firstName | default: "und willkommen" }}, es gibt Neues von uns: {{ organization.website }} {{ organizationName }}',
    },
  },
};
