'use client';
import { useTranslations } from 'next-intl';
import { At } from '../../components/at';
import { Flag } from '../../design/flag';
import { Link } from '../../i18n/navigation';
import { useReason } from '../../messages/reason';
import type { PlannedItem, Span } from './offset';
import { offsetOf } from './offset';
import { signalOf, statusOf } from './signal-of';
import { useOffsetWords } from './use-offset-words';
import { usePlannedName } from './use-planned-name';

/** One message of the plan: when, what, on which channel, and what became of it. */
export function PlannedMessage({ item, span }: { item: PlannedItem; span: Span }) {
  const t = useTranslations();
  const words = useOffsetWords();
  const name = usePlannedName()(item);
  const channels = item.channel ? [item.channel] : item.channels;
  return (
    <li className="relative flex gap-3 py-2 hover:bg-sea-wash sm:py-1.5">
      <Flag signal={signalOf(item)} className="-ml-[4.5px] size-5" />
      <div className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)_auto] gap-x-4 pr-2 text-sm sm:grid-cols-[10.5rem_minmax(0,1fr)_minmax(0,14rem)]">
        <div>
          <At instant={item.planned_at} className="block" />
          <span className="block text-xs text-ink-soft">{words(offsetOf(item, span))}</span>
        </div>
        <div className="order-first col-span-2 min-w-0 sm:order-none sm:col-span-1">
          <Link
            href={`/message?id=${item.message_id}`}
            className="block truncate font-semibold after:absolute after:inset-0"
          >
            {name}
          </Link>
          <span className="block truncate text-xs text-ink-soft">
            {[item.flow?.name, channels.map((channel) => t(`channels.${channel}`)).join(' → ')]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </div>
        <div className="min-w-0 text-right sm:text-left">
          <span className="block">{t(`status.${statusOf(item)}`)}</span>
          <Became item={item} />
        </div>
      </div>
    </li>
  );
}

/** Why it does not go out as planned, and since when it stands elsewhere. */
function Became({ item: { reason, moved, status, sent_at, due_at, planned_at } }: { item: PlannedItem }) {
  const t = useTranslations('booking.plan');
  const reasonOf = useReason();
  const deferred = status === 'scheduled' && due_at !== planned_at;
  return (
    <>
      {reason && <span className="block text-xs text-ink-soft">{reasonOf(reason)}</span>}
      {sent_at && <At instant={sent_at} className="block text-xs text-ink-soft" />}
      {deferred && (
        <span className="block text-xs text-ink-soft">
          {t('deferred')} <At instant={due_at} />
        </span>
      )}
      {moved && status === 'scheduled' && <span className="block text-xs text-ink-soft">{t('moved')}</span>}
    </>
  );
}
