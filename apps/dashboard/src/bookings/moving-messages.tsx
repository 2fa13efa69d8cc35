'use client';
import { ArrowRight } from 'lucide-react';
import { useNow, useTranslations } from 'next-intl';
import { At } from '../components/at';
import type { Expected } from './moved-plan';
import { usePlannedName } from './plan-line/use-planned-name';

/** What will move along with a booking, and about when to. */
export function MovingMessages({ expected }: { expected: readonly Expected[] }) {
  const t = useTranslations('booking.acts');
  const nameOf = usePlannedName();
  const now = useNow().getTime();
  if (expected.length === 0) return <p className="text-sm text-ink-soft">{t('nothingMoves')}</p>;
  return (
    <div className="max-w-2xl rounded-md bg-sunk px-4 py-3 text-sm">
      <p className="font-semibold">{t('willMove', { count: expected.length })}</p>
      <ul className="mt-2 grid gap-1.5">
        {expected.map(({ item, moment }) => (
          <li key={item.message_id} className="grid gap-x-4 sm:grid-cols-[minmax(0,1fr)_10rem_1rem_10rem]">
            <span className="truncate">{nameOf(item)}</span>
            <span className="text-ink-soft line-through decoration-rope-strong">
              <At instant={item.planned_at} />
            </span>
            <ArrowRight className="hidden size-4 self-center text-ink-soft sm:block" aria-hidden="true" />
            <span className="font-semibold">
              {Date.parse(moment) < now ? t('wouldBePast') : <At instant={moment} />}
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-xs text-ink-soft">{t('rulesMayMove')}</p>
    </div>
  );
}
