import type { Alert } from '@halyard/contracts/alerts/alert';
import type { AlertRoute } from '@halyard/contracts/alerts/alert-route';
import type { Notice } from './step.js';

type Takes = Pick<AlertRoute, 'enabled' | 'severities' | 'rule_ids' | 'tell_resolved'>;

/** Whether a route tells this of an alert. */
export const takes = (
  route: Takes,
  { severity, rule_id }: Pick<Alert, 'severity' | 'rule_id'>,
  notice: Notice,
): boolean =>
  route.enabled &&
  route.severities.includes(severity) &&
  (route.rule_ids === null || (rule_id !== null && route.rule_ids.includes(rule_id))) &&
  (notice !== 'resolved' || route.tell_resolved);

/** What is told of an alert of which something else waits to be told: one line says it all. */
export const merged = (waiting: Notice | undefined, next: Notice): Notice =>
  waiting === 'fired' && next === 'reminded' ? 'fired' : next;

/** Whether what was gathered is still worth telling: not that something began which was over before it could be told. */
export const isStillNews = (notice: Notice, { status }: Pick<Alert, 'status'>): boolean =>
  notice === 'resolved' || status !== 'resolved';

const minute = 60_000;

/** Whether a route may tell something now: at most one notification in its interval. */
export const isDue = (
  { enabled, interval_minutes }: Pick<AlertRoute, 'enabled' | 'interval_minutes'>,
  notifiedAt: Date | null,
  now: Date,
): boolean =>
  enabled && (notifiedAt === null || now.getTime() - notifiedAt.getTime() >= interval_minutes * minute);
