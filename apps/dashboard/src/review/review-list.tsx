'use client';
import { useTranslations } from 'next-intl';
import { At } from '../components/at';
import { chosenInList } from '../components/list-and-detail';
import type { ReviewItem } from '../data/review';
import { Flag } from '../design/flag';
import { useReason } from '../messages/reason';
import { signalOf } from './signal-of';

interface Props {
  items: readonly ReviewItem[];
  shown: string | undefined;
  onChoose: (id: string) => void;
}

export function ReviewList({ items, shown, onChoose }: Props) {
  const t = useTranslations('review');
  const reasonOf = useReason();
  return (
    <ul className="divide-y divide-rope" aria-label={t('title')}>
      {items.map((item) => (
        <li key={item.id}>
          <button
            type="button"
            aria-current={item.id === shown ? 'true' : undefined}
            onClick={() => onChoose(item.id)}
            className={`flex gap-3 ${chosenInList}`}
          >
            <Flag signal={signalOf(item)} className="mt-0.5 size-4.5" />
            <span className="grid min-w-0 flex-1 gap-0.5">
              <span className="font-semibold">{t(`kinds.${item.kind}`)}</span>
              <span className="line-clamp-2 break-words text-ink-soft">{reasonOf(item.reason)}</span>
              <At instant={item.created_at} as="relative" className="text-xs text-ink-soft" />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
