'use client';
import { useFormatter, useTranslations } from 'next-intl';
import type { Offset } from './offset';

/** How far a message is from its booking, in words: "3 days before the start", "2 Stunden nach dem Ende". */
export function useOffsetWords(): (offset: Offset) => string {
  const t = useTranslations('booking.plan');
  const format = useFormatter();
  return ({ amounts, side, anchor, sameDay }) => {
    const units = Object.entries(amounts) as [keyof typeof amounts, number][];
    if (units.length === 0) return t(`${sameDay ? 'onDay' : 'at'}.${anchor}`);
    const words = format.list(units.map(([unit, n]) => t(`amounts.${unit}`, { n })));
    return t(`${side}.${anchor}`, { amounts: words });
  };
}
