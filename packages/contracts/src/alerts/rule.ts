import { z } from 'zod';
import { Channel, Instant } from '../primitives.js';

/** How bad it is, each worse than the one before. */
export const severities = ['info', 'warning', 'error', 'critical'] as const;
export const Severity = z.enum(severities);
export type Severity = z.output<typeof Severity>;

/**
 * What a rule looks at. Rates are percent, of what was sent in the window; counts of the window are what happened in it;
 * the others are as things stand now. Of breaker_open and n8n_health each connection has an alert of its own.
 */
export const AlertMetric = z.enum([
  'failure_rate',
  'bounce_rate',
  'complaint_rate',
  'contacts_created',
  'event_count',
  'failures',
  'queue_depth',
  'lateness',
  'breaker_open',
  'unknown_messages',
  'dead_messages',
  'missed_schedules',
  'n8n_health',
]);
export type AlertMetric = z.output<typeof AlertMetric>;

export const rateMetrics = ['failure_rate', 'bounce_rate', 'complaint_rate'] as const;
/** Those that look at a window; the others at this moment. */
export const windowMetrics = [...rateMetrics, 'contacts_created', 'event_count', 'failures'] as const;

const within = (names: readonly string[], metric: string) => names.includes(metric);
export const isRate = (metric: AlertMetric): boolean => within(rateMetrics, metric);
export const hasWindow = (metric: AlertMetric): boolean => within(windowMetrics, metric);

/** Narrows down what is counted. */
export const AlertFilter = z.strictObject({
  /** Of rates. */
  channel: Channel.optional(),
  /** Of event_count: a type such as booking.created. */
  event_type: z.string().min(1).max(100).optional(),
  /** Of queue_depth; all three together when left out. */
  queue: z.enum(['messages', 'events', 'deliveries']).optional(),
  /** Of failures: of one service, and no less severe than this. */
  service: z.string().min(1).max(100).optional(),
  severity: Severity.optional(),
});
export type AlertFilter = z.output<typeof AlertFilter>;

const minutes = (least: number, most: number) => z.number().int().min(least).max(most);
const week = 7 * 24 * 60;

const shape = {
  name: z.string().trim().min(1).max(200),
  description: z.string().max(2_000).nullable().default(null),
  severity: Severity.default('warning'),
  metric: AlertMetric,
  filter: AlertFilter.default({}),
  /** Whole quarters of an hour, the one under way included. Only metrics of a window look at it. */
  window_minutes: minutes(15, 30 * 24 * 60).default(60),
  comparison: z.enum(['at_least', 'at_most']).default('at_least'),
  threshold: z.number().min(0).max(1_000_000_000),
  /** So many messages must have been sent in the window before a rate says anything. */
  least_sample: z.number().int().min(1).max(1_000_000).default(20),
  /** How long it must be so before it fires. */
  for_minutes: minutes(0, week).default(0),
  /** It is over when this is not reached any more; the threshold itself when left out. */
  resolve_threshold: z.number().min(0).max(1_000_000_000).nullable().default(null),
  /** And has not been for so long. */
  resolve_minutes: minutes(0, week).default(10),
  /** While it goes on and nobody has acknowledged it, people are reminded this often. */
  repeat_minutes: minutes(5, week).default(240),
  /** `alert`: fires too when for a quarter of an hour nobody can say how it stands. `keep`: stays as it is. */
  on_unknown: z.enum(['alert', 'keep']).default('alert'),
  enabled: z.boolean().default(true),
} as const;

/** What happens when a metric passes a threshold. */
export const AlertRuleInput = z
  .strictObject(shape)
  .superRefine(({ metric, filter, comparison, threshold, resolve_threshold }, context) => {
    const wrong = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    if (metric === 'event_count' && !filter.event_type)
      wrong(['filter', 'event_type'], 'Say which events are counted, such as booking.created.');
    for (const name of Object.keys(filter) as (keyof AlertFilter)[])
      if (!filtersOf(metric).includes(name))
        wrong(['filter', name], `${metric} is not narrowed down by ${name}: leave it out.`);
    if (resolve_threshold === null) return;
    if (comparison === 'at_least' ? resolve_threshold > threshold : resolve_threshold < threshold)
      wrong(
        ['resolve_threshold'],
        comparison === 'at_least'
          ? 'It must not be above the threshold, else it would be over and firing at once.'
          : 'It must not be below the threshold, else it would be over and firing at once.',
      );
  })
  .meta({ id: 'AlertRuleInput' });
export type AlertRuleInput = z.output<typeof AlertRuleInput>;

/** What narrows a metric down. */
export const filtersOf = (metric: AlertMetric): (keyof AlertFilter)[] => {
  if (isRate(metric)) return ['channel'];
  if (metric === 'event_count') return ['event_type'];
  if (metric === 'queue_depth') return ['queue'];
  if (metric === 'failures') return ['service', 'severity'];
  return [];
};

/**
 * How a rule stands. `ok`: looked at, and not reached; `quiet`: too little happened to say; `breached`; `unknown`: it could
 * not be measured, `detail` says why; `waiting`: not looked at yet, or not for five minutes.
 */
export const RuleState = z.object({
  status: z.enum(['ok', 'quiet', 'breached', 'unknown', 'waiting', 'disabled']),
  /** The worst of its scopes. */
  value: z.number().nullable(),
  detail: z.string().nullable(),
  evaluated_at: Instant.nullable(),
  /** Its alerts that are not resolved. */
  open_alerts: z.number().int(),
});
export type RuleState = z.output<typeof RuleState>;

export const AlertRule = z
  .object({
    id: z.uuid(),
    /** Of a default rule: which one it was installed from. */
    key: z.string().nullable(),
    ...shape,
    description: z.string().nullable(),
    state: RuleState,
    created_at: Instant,
    updated_at: Instant,
  })
  .meta({ id: 'AlertRule' });
export type AlertRule = z.output<typeof AlertRule>;

/** A rule that is offered. */
export const DefaultAlertRule = z
  .object({ key: z.string(), installed: z.boolean(), ...shape })
  .meta({ id: 'DefaultAlertRule' });
export type DefaultAlertRule = z.output<typeof DefaultAlertRule>;
