import type { Alert } from '@halyard/contracts/alerts/alert';
import type { Channel } from '@halyard/contracts/primitives';
import type { MessageId } from '../ids.js';
import type { NewMessage, Target } from '../messages/message.js';
import type { AlertWords } from './alert-words.js';
import { alertWords } from './alert-words.js';
import type { AlertId } from './rule.js';
import type { Notice } from './step.js';

/** An alert in a notification. */
export type ToldAlert = Pick<Alert, 'rule_name' | 'scope_name' | 'severity' | 'summary'> & {
  id: AlertId;
  notice: Notice;
};

export interface Notification {
  messageId: MessageId;
  channel: Channel;
  target: Target;
  /** The worst first. */
  alerts: readonly ToldAlert[];
  /** Instead of alerts: only shows that the way is open. */
  test: boolean;
  locale: string;
  /** Where an alert can be seen. */
  urlOf: (id: AlertId) => string;
  now: Date;
}

const day = 86_400_000;
/** A chat message takes 2,000 characters on Discord; five alerts, their names and texts cut, stay below. */
const mostInChat = 5;
const mostInMail = 50;
const longestName = 80;
const longestText = 180;

/**
 * What tells people of alerts: a message as any other, so that it is delivered, retried and explained as they are. It is no
 * marketing, and does not wait for the morning. What comes from data stands in variables, where it is escaped.
 */
export function notificationMessage(given: Notification): NewMessage {
  const { messageId, channel, target, alerts, test, locale, urlOf, now } = given;
  const words = alertWords(locale);
  const most = channel === 'email' ? mostInMail : mostInChat;
  const lines = test ? [testLine(words)] : alerts.slice(0, most).map((alert) => lineOf(alert, words, urlOf));
  const [first] = alerts;
  return {
    id: messageId,
    key: `alert-notification:${messageId}`,
    contactId: null,
    source: 'system',
    ...(first && { subject: { type: 'alert', id: first.id } }),
    class: 'transactional',
    topic: '*',
    channels: [channel],
    content: {
      subject: '{{ headline }}',
      body: `{% for line in lines %}<p><strong>{{ line.title }}</strong><br>{{ line.text }}{% if line.url %}<br>{{ line.url }}{% endif %}</p>
{% endfor %}{% if more %}<p>{{ more }}</p>{% endif %}`,
    },
    variables: {
      headline: lines.length === 1 ? lines[0]?.title : headlineOf(alerts, words),
      lines,
      more: alerts.length > most ? words.more(alerts.length - most) : null,
    },
    target,
    plannedAt: now,
    expiresAt: new Date(now.getTime() + day),
    timeZone: null,
  };
}

const testLine = ({ test }: AlertWords) => ({ title: test.name, text: test.summary, url: null });

const lineOf = (alert: ToldAlert, words: AlertWords, urlOf: Notification['urlOf']) => {
  const name = alert.scope_name ? `${alert.rule_name} – ${alert.scope_name}` : alert.rule_name;
  return {
    title: `[${words.severities[alert.severity]}] ${cut(name, longestName)}: ${words.notices[alert.notice]}`,
    text: cut(alert.summary, longestText),
    url: urlOf(alert.id),
  };
};

function headlineOf(alerts: readonly ToldAlert[], words: AlertWords): string {
  const names = [...new Set(alerts.map(({ rule_name }) => rule_name))].join(', ');
  return `${words.many(alerts.length)}: ${cut(names, longestText)}`;
}

const cut = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
