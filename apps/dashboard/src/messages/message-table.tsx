'use client';
import { useTranslations } from 'next-intl';
import type { ListedMessage } from '../data/queries';
import { Link } from '../i18n/navigation';
import { useTimes } from '../i18n/times';
import { useMessageName } from './message-name';
import { actOn } from './possible-acts';
import { useReason } from './reason';
import { Recipient } from './recipient';
import { StatusBadge } from './status-badge';

const head = 'px-3 py-2 text-left text-xs font-semibold text-ink-soft first:pl-5 last:pr-5';
const cell = 'block px-4 sm:table-cell sm:px-3 sm:py-2 sm:first:pl-5 sm:last:pr-5';

interface Props {
  messages: readonly ListedMessage[];
  /** Which are chosen, by their ids; without it none can be. */
  ticked?: ReadonlySet<string>;
  onTick?: (ticked: ReadonlySet<string>) => void;
}

/** A table where there is room for one, cards on a phone. */
export function MessageTable({ messages, ticked, onTick }: Props) {
  const t = useTranslations('messages.columns');
  const actable = messages.filter(({ status }) => actOn(status) !== null).map(({ id }) => id);
  const all = actable.length > 0 && actable.every((id) => ticked?.has(id));
  const tick = (id: string, on: boolean) => {
    const next = new Set(ticked);
    if (on) next.add(id);
    else next.delete(id);
    onTick?.(next);
  };
  return (
    <table className="w-full border-collapse text-sm">
      <thead className="hidden border-b border-rope sm:table-header-group">
        <tr>
          {ticked && (
            <th className="w-10 pl-2">
              <Tick
                label={t('chooseAll')}
                checked={all}
                disabled={actable.length === 0}
                onChange={(on) => onTick?.(new Set(on ? actable : []))}
              />
            </th>
          )}
          <th className={head}>{t('status')}</th>
          <th className={head}>{t('recipient')}</th>
          <th className={head}>{t('message')}</th>
          <th className={head}>{t('channel')}</th>
          <th className={`${head} text-right`}>{t('when')}</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-rope">
        {messages.map((message) => (
          <Row key={message.id} message={message}>
            {ticked &&
              (actOn(message.status) ? (
                <Tick
                  label={t('choose')}
                  checked={ticked.has(message.id)}
                  onChange={(on) => tick(message.id, on)}
                />
              ) : (
                ' '
              ))}
          </Row>
        ))}
      </tbody>
    </table>
  );
}

interface TickProps {
  label: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}

/** Lies above the link that covers the row. */
const Tick = ({ label, checked, disabled = false, onChange }: TickProps) => (
  <label className="relative z-10 grid size-11 place-items-center sm:size-9">
    <span className="sr-only">{label}</span>
    <input
      type="checkbox"
      className="size-4.5 accent-sea disabled:opacity-30"
      checked={checked}
      disabled={disabled}
      onChange={({ target }) => onChange(target.checked)}
    />
  </label>
);

/** `children`: what it is chosen with, or a space where it cannot be. */
function Row({ message, children }: { message: ListedMessage; children: React.ReactNode }) {
  const t = useTranslations();
  const times = useTimes();
  const reasonOf = useReason();
  const { name, origin } = useMessageName(message);
  const when = message.sent_at ?? message.due_at;
  return (
    <tr className="relative block py-3 hover:bg-sea-wash sm:table-row sm:py-0">
      {children && (
        <td className="absolute top-1 right-1 z-10 sm:static sm:table-cell sm:w-10 sm:pl-2">{children}</td>
      )}
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
