import type { AlertRule, AlertRuleInput, Metric, Severity } from '../data/alerts';

type Filter = NonNullable<AlertRuleInput['filter']>;

/** A rule as it stands in its form: numbers as they are typed. */
export interface RuleDraft {
  name: string;
  description: string;
  severity: Severity;
  metric: Metric;
  filter: Record<keyof Filter, string>;
  window_minutes: string;
  comparison: 'at_least' | 'at_most';
  threshold: string;
  least_sample: string;
  for_minutes: string;
  /** Empty: the threshold itself. */
  resolve_threshold: string;
  resolve_minutes: string;
  repeat_minutes: string;
  on_unknown: 'alert' | 'keep';
  enabled: boolean;
}

/** What narrows a metric down; a test holds it against the contract. */
export function filtersOf(metric: Metric): readonly (keyof Filter)[] {
  if (metric.endsWith('_rate')) return ['channel'];
  if (metric === 'event_count') return ['event_type'];
  if (metric === 'queue_depth') return ['queue'];
  return metric === 'failures' ? ['service', 'severity'] : [];
}

/** As the form begins: with a rule, or with what is asked for most. */
export const draftOf = (rule: AlertRule | null): RuleDraft => ({
  name: rule?.name ?? '',
  description: rule?.description ?? '',
  severity: rule?.severity ?? 'warning',
  metric: rule?.metric ?? 'failure_rate',
  filter: {
    channel: rule?.filter.channel ?? '',
    event_type: rule?.filter.event_type ?? '',
    queue: rule?.filter.queue ?? '',
    service: rule?.filter.service ?? '',
    severity: rule?.filter.severity ?? '',
  },
  window_minutes: String(rule?.window_minutes ?? 60),
  comparison: rule?.comparison ?? 'at_least',
  threshold: String(rule?.threshold ?? 5),
  least_sample: String(rule?.least_sample ?? 20),
  for_minutes: String(rule?.for_minutes ?? 0),
  resolve_threshold: rule?.resolve_threshold == null ? '' : String(rule.resolve_threshold),
  resolve_minutes: String(rule?.resolve_minutes ?? 10),
  repeat_minutes: String(rule?.repeat_minutes ?? 240),
  on_unknown: rule?.on_unknown ?? 'alert',
  enabled: rule?.enabled ?? true,
});

/** What is sent. A number that is none goes as null, which the API refuses at its field. */
export function inputOf(draft: RuleDraft): AlertRuleInput {
  const narrowed = filtersOf(draft.metric).flatMap((name) => {
    const value = draft.filter[name].trim();
    return value ? [[name, value] as const] : [];
  });
  return {
    name: draft.name,
    description: draft.description.trim() || null,
    severity: draft.severity,
    metric: draft.metric,
    filter: Object.fromEntries(narrowed) as Filter,
    comparison: draft.comparison,
    on_unknown: draft.on_unknown,
    enabled: draft.enabled,
    threshold: numberOf(draft.threshold),
    window_minutes: numberOf(draft.window_minutes),
    least_sample: numberOf(draft.least_sample),
    for_minutes: numberOf(draft.for_minutes),
    resolve_minutes: numberOf(draft.resolve_minutes),
    repeat_minutes: numberOf(draft.repeat_minutes),
    resolve_threshold: draft.resolve_threshold.trim() === '' ? null : numberOf(draft.resolve_threshold),
  };
}

const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));
