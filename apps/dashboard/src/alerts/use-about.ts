import { useTranslations } from 'next-intl';
import type { AlertRule, Metric } from '../data/alerts';

/** What is watched, and of what: "Failed messages (Email)". `name`: of the one connection that an alert is about. */
export function useAbout(): (metric: Metric, filter: AlertRule['filter'], name?: string | null) => string {
  const t = useTranslations('alerts.rule');
  const channel = useTranslations('channels');
  return (metric, filter, name) => {
    const narrowed = [
      name,
      filter.channel && channel(filter.channel),
      filter.event_type,
      filter.queue && t(`queues.${filter.queue}`),
      filter.service,
    ].filter(Boolean);
    return `${t(`metrics.${metric}`)}${narrowed.length ? ` (${narrowed.join(', ')})` : ''}`;
  };
}
