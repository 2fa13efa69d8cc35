import { useTranslations } from 'next-intl';
import type { AlertRule } from '../data/alerts';
import { unitOf } from './rule-unit';
import { useAbout } from './use-about';
import { useSpan } from './use-span';

const withWindow = [
  'failure_rate',
  'bounce_rate',
  'complaint_rate',
  'contacts_created',
  'event_count',
  'failures',
];

export const hasWindow = (metric: AlertRule['metric']): boolean => withWindow.includes(metric);

type Said = Pick<
  AlertRule,
  'metric' | 'comparison' | 'threshold' | 'window_minutes' | 'for_minutes' | 'filter'
>;

/** A rule in a sentence: "Failed messages: 5 % or more within one hour, for 10 minutes". */
export function useRuleSentence(): (rule: Said) => string {
  const t = useTranslations('alerts.rule');
  const about = useAbout();
  const spanOf = useSpan();
  return ({ metric, comparison, threshold, window_minutes, for_minutes, filter }) => {
    const value = t(`values.${unitOf(metric)}`, { value: threshold });
    return [
      `${about(metric, filter)}: ${t(comparison, { value })}`,
      hasWindow(metric) && t('within', { span: spanOf(window_minutes) }),
      for_minutes > 0 && t('lasting', { span: spanOf(for_minutes) }),
    ]
      .filter(Boolean)
      .join(', ');
  };
}
