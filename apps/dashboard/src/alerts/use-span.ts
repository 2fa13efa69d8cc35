import { useTranslations } from 'next-intl';

/** Minutes in the largest unit that has them whole: "15 minutes", "one hour", "7 days". */
export function useSpan(): (minutes: number) => string {
  const t = useTranslations('alerts.span');
  return (minutes) => {
    if (minutes > 0 && minutes % 1440 === 0) return t('days', { count: minutes / 1440 });
    if (minutes > 0 && minutes % 60 === 0) return t('hours', { count: minutes / 60 });
    return t('minutes', { count: minutes });
  };
}
