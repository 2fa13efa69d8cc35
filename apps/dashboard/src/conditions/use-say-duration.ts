'use client';
import { useTranslations } from 'next-intl';
import { partsOf } from './durations';

/** A length of time in words: "7 days", "1 hour and 30 minutes". */
export function useSayDuration(): (iso: string) => string {
  const t = useTranslations('conditions');
  return (iso) => {
    const parts = partsOf(iso).map(([amount, unit]) => t(`units.${unit}`, { amount }));
    if (parts.length < 2) return parts[0] ?? t('units.minutes', { amount: 0 });
    return `${parts.slice(0, -1).join(', ')} ${t('and')} ${parts.at(-1)}`;
  };
}
