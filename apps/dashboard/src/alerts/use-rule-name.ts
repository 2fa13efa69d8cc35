import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { offeredRulesQuery } from '../data/alerts';

type Words = ReturnType<typeof useTranslations<'alerts.rule.names'>>;

/** A rule's name as it was given; of an offered rule, unless somebody has called it otherwise, in the reader's language. */
export function useRuleName(): (name: string) => string {
  const t = useTranslations('alerts.rule.names');
  const { data } = useQuery(offeredRulesQuery);
  return (name) => {
    const key = data?.items.find((one) => one.name === name)?.key as Parameters<Words>[0] | undefined;
    return key && t.has(key) ? t(key) : name;
  };
}
