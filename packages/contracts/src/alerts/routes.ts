import { z } from 'zod';
import { IdParams, Instant, PageQuery, pageOf } from '../primitives.js';
import { route } from '../route.js';
import { Alert, AlertCounts, AlertDetail, AlertStatus, WatchedConnection } from './alert.js';
import { ErrorReport, Failure, FailureQuery } from './failure.js';
import { AlertMetric, Severity } from './rule.js';

export const AlertQuery = PageQuery.extend({
  /** `open`: all but resolved. */
  status: z.union([AlertStatus, z.literal('open')]).optional(),
  severity: Severity.optional(),
  rule_id: z.uuid().optional(),
  metric: AlertMetric.optional(),
  fired_after: Instant.optional(),
  fired_before: Instant.optional(),
});
export type AlertQuery = z.output<typeof AlertQuery>;

const Note = z.string().trim().max(1_000).optional();
const tag = 'Alerts';
const reads = { role: 'viewer', scope: 'alerts:read' } as const;
const writes = { role: 'editor', scope: 'alerts:write' } as const;
/** What a person does with an alert. */
const act = {
  method: 'POST',
  tag,
  access: writes,
  params: IdParams,
  response: AlertDetail,
  errors: ['invalid_state'],
  idempotent: true,
} as const;

export const alertRoutes = {
  list: route({
    id: 'listAlerts',
    method: 'GET',
    path: '/alerts',
    tag,
    summary: 'List alerts, newest first',
    access: reads,
    query: AlertQuery,
    response: pageOf(Alert),
  }),
  counts: route({
    id: 'countAlerts',
    method: 'GET',
    path: '/alerts/counts',
    tag,
    summary: 'Count what is open',
    access: reads,
    response: AlertCounts,
  }),
  health: route({
    id: 'listWatchedConnections',
    method: 'GET',
    path: '/alerts/health',
    tag,
    summary: 'How every n8n that is connected does',
    access: reads,
    response: z.object({ items: z.array(WatchedConnection) }),
  }),
  report: route({
    id: 'reportError',
    method: 'POST',
    path: '/alerts/errors',
    tag,
    summary: 'Report an error of another service',
    description:
      'Reports of one fingerprint are one failure, which counts them. Rules over the metric `failures` alert people.',
    access: writes,
    body: ErrorReport,
    response: Failure,
    status: 202,
    idempotent: true,
  }),
  read: route({
    id: 'readAlert',
    method: 'GET',
    path: '/alerts/:id',
    tag,
    summary: 'Read an alert with everything that happened to it',
    access: reads,
    params: IdParams,
    response: AlertDetail,
  }),
  acknowledge: route({
    ...act,
    id: 'acknowledgeAlert',
    path: '/alerts/:id/acknowledge',
    summary: 'Say that somebody takes care: nobody is reminded any more',
    body: z.strictObject({ note: Note }).default({}),
  }),
  silence: route({
    ...act,
    id: 'silenceAlert',
    path: '/alerts/:id/silence',
    summary: 'Tell nobody anything of it until a time',
    description: 'When it still goes on then, it fires again.',
    body: z.strictObject({ until: Instant, note: Note }),
  }),
  resolve: route({
    ...act,
    id: 'resolveAlert',
    path: '/alerts/:id/resolve',
    summary: 'Call it over',
    description:
      'What is still so fires again after the interval of reminders, or as soon as it was over in between.',
    body: z.strictObject({ note: Note }).default({}),
  }),
};

export const failureRoutes = {
  list: route({
    id: 'listFailures',
    method: 'GET',
    path: '/failures',
    tag,
    summary: 'List failures: errors of other services, and jobs of Halyard that failed',
    access: reads,
    query: FailureQuery,
    response: pageOf(Failure),
  }),
  read: route({
    id: 'readFailure',
    method: 'GET',
    path: '/failures/:id',
    tag,
    summary: 'Read a failure',
    access: reads,
    params: IdParams,
    response: Failure,
  }),
  resolve: route({
    id: 'resolveFailure',
    method: 'POST',
    path: '/failures/:id/resolve',
    tag,
    summary: 'Close a failure; it is open again when it happens again',
    access: writes,
    params: IdParams,
    response: Failure,
  }),
};
