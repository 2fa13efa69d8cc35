'use client';
import { useTranslations } from 'next-intl';
import type { ListedMessage } from '../data/queries';
import { Link } from '../i18n/navigation';
import { useTimes } from '../i18n/times';
import { useMessageName } from './message-name';
import { useReason } from './reason';
import { Recipient } from './recipient';
import { StatusBadge } from './status-badge';

const head = 'px-3 py-2 text-left text-xs font-semibold text-ink-soft first:pl-5 last:pr-5';
const cell = 'block px-4 sm:table-cell sm:px-3 sm:py-2 sm:first:pl-5 sm:last:pr-5';

/** A table where there is room for one, cards on a phone. */
export function MessageTable({ messages }: { messages: readonly ListedMessage[] }) {
  const t = useTranslations('messages.columns');
  return (
    <table className="w-full border-collapse text-sm">
      <thead className="hidden border-b border-rope sm:table-header-group">
        <tr>
          <th className={head}>{t('status')}</th>
          <th className={head}>{t('recipient')}</th>
          <th className={head}>{t('message')}</th>
          <th className={head}>{t('channel')}</th>
          <th className={`${head} text-right`}>{t('when')}</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-rope">
        {messages.map((message) => (
          <Row key={message.id} message={message} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ message }: { message: ListedMessage }) {
  const t = useTranslations();
  const times = useTimes();
  const reasonOf = useReason();
  const { name, origin } = useMessageName(message);
  const when = message.sent_at ?? message.due_at;
  return (
    <tr className="relative block py-3 hover:bg-sea-wash sm:table-row sm:py-0">
      <td className={cell}>
        <StatusBadge status={message.status} />
        {message.reason && <span className="block text-xs text-ink-soft">{reasonOf(message.reason)}</span>}
      </td>
      <td className={cell}>
        <Link href={`/message?id=${message.id}`} className="font-semibold after:absolute after:inset-0">
          <Recipient message={message} />
        </Link>
      </td>
      <td className={cell}>
        <span className="block">{name}</span>
        <span className="block text-xs text-ink-soft">{origin}</span>
      </td>
      <td className={`${cell} text-ink-soft sm:text-ink`}>
        {(message.channel ? [message.channel] : message.channels)
          .map((channel) => t(`channels.${channel}`))
          .join(' → ')}
      </td>
      <td className={`${cell} sm:text-right`}>
        <time dateTime={when} title={times.exact(when)} className="sm:whitespace-nowrap">
          {times.moment(when)}
        </time>
      </td>
    </tr>
  );
}
