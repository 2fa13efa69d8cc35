import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { Alert } from '../data/alerts';
import { alertRulesQuery } from '../data/alerts';
import { unitOf } from './rule-unit';
import { useAbout } from './use-about';
import { hasWindow } from './use-rule-sentence';
import { useSpan } from './use-span';

/**
 * How an alert stands, in the reader's language: "Messages that fail (Email): 7.46 %, counted over one hour. Limit: 5 % or
 * more". What is over has its limit alone, as its value is that of the end.
 */
export function useAlertSentence(): (alert: Alert) => string {
  const t = useTranslations('alerts');
  const spanOf = useSpan();
  const about = useAbout();
  const { data: rules } = useQuery(alertRulesQuery);
  return ({ rule_id, metric, scope_name, cause, status, value, threshold }) => {
    const rule = rules?.items.find(({ id, metric: now }) => id === rule_id && now === metric);
    const what = about(metric, rule?.filter ?? {}, scope_name);
    if (cause === 'unmeasured') {
      const reason = rule?.state.status === 'unknown' ? rule.state.detail : null;
      return [t('cannotMeasure', { what }), reason].filter(Boolean).join(' ');
    }
    if (metric === 'breaker_open') return `${what}.`;
    const written = (number: number) => t(`rule.values.${unitOf(metric)}`, { value: number });
    const limit = written(threshold);
    const end = t('limit', { limit: rule ? t(`rule.${rule.comparison}`, { value: limit }) : limit });
    if (value === null || status === 'resolved') return `${what}. ${end}`;
    const within =
      rule && hasWindow(metric) ? `, ${t('rule.within', { span: spanOf(rule.window_minutes) })}` : '';
    const now = metric === 'n8n_health' ? t('inARow', { count: value }) : written(value);
    return `${what}: ${now}${within}. ${end}`;
  };
}
