import type { AlertRuleInput } from '@halyard/contracts/alerts/rule';
import { AlertRuleInput as Schema } from '@halyard/contracts/alerts/rule';
import type { z } from 'zod';

const rule = (given: z.input<typeof Schema>): AlertRuleInput => Schema.parse(given);

/**
 * What is offered to an organization, by the key that it keeps. The rates leave room below what mailbox providers act upon:
 * Gmail wants complaints below 0.1 % and never 0.3 % (https://support.google.com/mail/answer/81126), and bulk senders are
 * reviewed from 5 % of bounces on (https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-bounce.html).
 */
export const defaultRules: Readonly<Record<string, AlertRuleInput>> = {
  failures: rule({
    name: 'Messages fail',
    severity: 'error',
    metric: 'failure_rate',
    threshold: 5,
    resolve_threshold: 2,
  }),
  bounces: rule({
    name: 'Mail bounces',
    severity: 'error',
    metric: 'bounce_rate',
    filter: { channel: 'email' },
    window_minutes: 24 * 60,
    threshold: 5,
    resolve_threshold: 3,
    least_sample: 100,
    repeat_minutes: 24 * 60,
  }),
  complaints: rule({
    name: 'Recipients complain',
    severity: 'critical',
    metric: 'complaint_rate',
    filter: { channel: 'email' },
    window_minutes: 24 * 60,
    threshold: 0.1,
    resolve_threshold: 0.05,
    least_sample: 500,
    repeat_minutes: 24 * 60,
  }),
  signups: rule({
    name: 'No new contacts',
    metric: 'contacts_created',
    window_minutes: 24 * 60,
    comparison: 'at_most',
    threshold: 0,
    repeat_minutes: 24 * 60,
  }),
  queue: rule({
    name: 'Work piles up',
    metric: 'queue_depth',
    threshold: 5_000,
    resolve_threshold: 1_000,
    for_minutes: 10,
  }),
  lateness: rule({
    name: 'Messages are late',
    severity: 'error',
    metric: 'lateness',
    threshold: 300,
    resolve_threshold: 60,
    for_minutes: 5,
  }),
  breaker: rule({
    name: 'A provider is left alone',
    severity: 'error',
    metric: 'breaker_open',
    threshold: 1,
    for_minutes: 5,
  }),
  unknowns: rule({
    name: 'Nobody knows whether messages arrived',
    metric: 'unknown_messages',
    threshold: 1,
    for_minutes: 5,
    repeat_minutes: 24 * 60,
  }),
  dead: rule({
    name: 'Messages that cannot be sent',
    metric: 'dead_messages',
    threshold: 1,
    repeat_minutes: 24 * 60,
  }),
  schedules: rule({
    name: 'A schedule was missed',
    severity: 'error',
    metric: 'missed_schedules',
    threshold: 1,
  }),
  errors: rule({
    name: 'Errors of other services',
    severity: 'error',
    metric: 'failures',
    filter: { severity: 'error' },
    window_minutes: 15,
    threshold: 1,
    resolve_minutes: 30,
  }),
  n8n: rule({
    name: 'n8n does not answer',
    severity: 'critical',
    metric: 'n8n_health',
    threshold: 3,
    resolve_threshold: 1,
    resolve_minutes: 2,
  }),
};
