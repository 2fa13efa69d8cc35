'use client';
import { useTranslations } from 'next-intl';

type Translate = ReturnType<typeof useTranslations<'reasons'>>;

/** Why a message was put off or not sent. What a provider said in its own words stays in them. */
export function useReason(): (reason: string) => string {
  const t = useTranslations('reasons');
  return (reason) =>
    t.has(reason as Parameters<Translate>[0])
      ? t(reason as Parameters<Translate>[0])
      : reason.replaceAll('_', ' ');
}
