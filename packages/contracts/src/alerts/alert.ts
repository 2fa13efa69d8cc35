import { z } from 'zod';
import { Instant } from '../primitives.js';
import { AlertMetric, Severity } from './rule.js';

/**
 * firing → acknowledged (nobody is reminded) | silenced (until a time; nobody is told anything) → resolved, by itself or by a
 * person. A silence that ends while it goes on: firing. Of one rule and scope no two are ever open.
 */
export const AlertStatus = z.enum(['firing', 'acknowledged', 'silenced', 'resolved']);
export type AlertStatus = z.output<typeof AlertStatus>;

export const Alert = z
  .object({
    id: z.uuid(),
    /** Null when the rule was removed. */
    rule_id: z.uuid().nullable(),
    rule_name: z.string(),
    metric: AlertMetric,
    severity: Severity,
    /** What of it, such as `connection:<id>`; empty for the organization as a whole. */
    scope: z.string(),
    scope_name: z.string().nullable(),
    status: AlertStatus,
    /** `threshold`: the metric reached it. `unmeasured`: nobody can say how it stands. */
    cause: z.enum(['threshold', 'unmeasured']),
    /** One sentence, in the organization's language. */
    summary: z.string(),
    /** As it was measured last; null while it cannot be. */
    value: z.number().nullable(),
    threshold: z.number(),
    fired_at: Instant,
    /** When people were told of it last. */
    notified_at: Instant.nullable(),
    acknowledged_at: Instant.nullable(),
    acknowledged_by: z.string().nullable(),
    silenced_until: Instant.nullable(),
    resolved_at: Instant.nullable(),
    /** Who resolved it; null when it was over by itself. */
    resolved_by: z.string().nullable(),
  })
  .meta({ id: 'Alert' });
export type Alert = z.output<typeof Alert>;

/** One thing that happened to an alert. */
export const AlertEntry = z
  .object({
    id: z.uuid(),
    at: Instant,
    kind: z.enum([
      'fired',
      'reminded',
      'notified',
      'not_notified',
      'acknowledged',
      'silenced',
      'silence_ended',
      'unmeasured',
      'measured',
      'resolved',
    ]),
    /** Who did it; null for Halyard itself. */
    by: z.string().nullable(),
    /** A sentence or a person's note. */
    note: z.string().nullable(),
    value: z.number().nullable(),
    /** Of `notified`: the route, and the message (GET /messages/:id explains it) or delivery that tells them. */
    route_id: z.uuid().nullable(),
    message_id: z.uuid().nullable(),
    delivery_id: z.uuid().nullable(),
  })
  .meta({ id: 'AlertEntry' });
export type AlertEntry = z.output<typeof AlertEntry>;

/** With what happened to it, oldest first. */
export const AlertDetail = Alert.extend({ entries: z.array(AlertEntry) }).meta({ id: 'AlertDetail' });
export type AlertDetail = z.output<typeof AlertDetail>;

export const AlertCounts = z
  .object({
    /** Alerts that are not resolved. */
    open: z.array(z.object({ status: AlertStatus, severity: Severity, n: z.number().int() })),
    /** Rules of which nobody can say how they stand. */
    unmeasured_rules: z.number().int(),
    open_failures: z.number().int(),
  })
  .meta({ id: 'AlertCounts' });
export type AlertCounts = z.output<typeof AlertCounts>;

/** An n8n that is asked for its health every minute. */
export const WatchedConnection = z
  .object({
    connection_id: z.uuid(),
    name: z.string(),
    provider: z.string(),
    /** Null: not asked yet. */
    healthy: z.boolean().nullable(),
    checked_at: Instant.nullable(),
    failing_since: Instant.nullable(),
    /** Checks that failed in a row. */
    failures: z.number().int(),
    detail: z.string().nullable(),
  })
  .meta({ id: 'WatchedConnection' });
export type WatchedConnection = z.output<typeof WatchedConnection>;
