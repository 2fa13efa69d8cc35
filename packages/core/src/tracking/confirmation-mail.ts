import type { ContactId, MessageId } from '../ids.js';
import type { NewMessage } from '../messages/message.js';

interface Words {
  subject: string;
  hello: string;
  ask: string;
  about: string;
  button: string;
  otherwise: string;
}

const words: Record<string, Words> = {
  en: {
    subject: 'Please confirm your email address',
    hello: 'Hello',
    ask: 'Please confirm that you want to receive emails from {{organizationName}}',
    about: ' about {{topicName}}',
    button: 'Yes, I confirm',
    otherwise: 'If you did not ask for this, ignore this email: nothing more will be sent to you.',
  },
  de: {
    subject: 'Bitte bestätigen Sie Ihre E-Mail-Adresse',
    hello: 'Guten Tag',
    ask: 'bitte bestätigen Sie, dass Sie von {{organizationName}} E-Mails erhalten möchten',
    about: ', und zwar zum Thema {{topicName}}',
    button: 'Ja, ich bestätige',
    otherwise: 'Wenn Sie das nicht angefordert haben, ignorieren Sie diese E-Mail: Es folgt keine weitere.',
  },
};
const english = words.en as Words;
const dayMs = 86_400_000;

export interface ConfirmationAsk {
  messageId: MessageId;
  consentId: string;
  contactId: ContactId;
  /** Of the contact, else of the organization. */
  locale: string;
  /** In that language; null for all topics. */
  topicName: string | null;
  url: string;
  now: Date;
}

/** The key of the message that asks about a consent. */
export const confirmationKey = (consentId: string): string => `confirm:${consentId}`;

/**
 * The mail of a double opt-in. It holds the question and the link, and no advertising of any kind (BGH I ZR 164/09); what
 * comes from data stands in variables, where it is escaped.
 */
export function confirmationMail(ask: ConfirmationAsk): NewMessage {
  const text = words[ask.locale.split(/[-_]/)[0]?.toLowerCase() ?? ''] ?? english;
  const about = ask.topicName === null ? '' : text.about;
  return {
    id: ask.messageId,
    key: confirmationKey(ask.consentId),
    contactId: ask.contactId,
    source: 'system',
    class: 'transactional',
    topic: '*',
    channels: ['email'],
    content: {
      subject: text.subject,
      body: `<p>${text.hello}{% if firstName %} {{ firstName }}{% endif %},</p>
<p>${text.ask}${about}:</p>
<p><a href="{{confirmUrl}}">${text.button}</a></p>
<p>{{confirmUrl}}</p>
<p>${text.otherwise}</p>`,
    },
    variables: { confirmUrl: ask.url, topicName: ask.topicName },
    plannedAt: ask.now,
    expiresAt: new Date(ask.now.getTime() + 2 * dayMs),
    timeZone: null,
  };
}
