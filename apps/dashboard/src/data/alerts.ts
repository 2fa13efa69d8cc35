import type { Schema } from '@halyard/client/client';
import { queryOptions } from '@tanstack/react-query';
import { halyard } from './halyard';
import { pagesQuery } from './pages';
import { answerOf } from './problem';

export type Alert = Schema<'Alert'>;
export type AlertDetail = Schema<'AlertDetail'>;
export type AlertRule = Schema<'AlertRule'>;
export type AlertRuleInput = Schema<'AlertRuleInput'>;
export type AlertRoute = Schema<'AlertRoute'>;
export type AlertRouteInput = Schema<'AlertRouteInput'>;
export type Failure = Schema<'Failure'>;
export type WatchedConnection = Schema<'WatchedConnection'>;
export type Severity = Alert['severity'];
export type Metric = Alert['metric'];

/** Nothing live tells of alerts: rules are looked at once a minute. */
const refetchInterval = 15_000;

export const alertsQuery = (status: Alert['status'] | 'open') => ({
  ...pagesQuery(['alerts', 'list', status], (at) =>
    answerOf(halyard.GET('/alerts', { params: { query: { status, limit: 50, ...at } } })),
  ),
  refetchInterval,
});

export const alertCountsQuery = queryOptions({
  queryKey: ['alerts', 'counts'],
  queryFn: () => answerOf(halyard.GET('/alerts/counts')),
  refetchInterval,
});

export const alertQuery = (id: string) =>
  queryOptions({
    queryKey: ['alerts', 'alert', id],
    queryFn: () => answerOf(halyard.GET('/alerts/{id}', { params: { path: { id } } })),
    refetchInterval,
  });

/** Every n8n that is connected, and how it does. */
export const watchedQuery = queryOptions({
  queryKey: ['alerts', 'health'],
  queryFn: () => answerOf(halyard.GET('/alerts/health')),
  refetchInterval,
});

/** An organization has a handful: they are shown on one page. */
const all = { params: { query: { limit: 100 } } };

export const alertRulesQuery = queryOptions({
  queryKey: ['alert-rules', 'list'],
  queryFn: () => answerOf(halyard.GET('/alert-rules', all)),
  refetchInterval,
});

export const offeredRulesQuery = queryOptions({
  queryKey: ['alert-rules', 'offered'],
  queryFn: () => answerOf(halyard.GET('/alert-rules/defaults')),
});

export const alertRoutesQuery = queryOptions({
  queryKey: ['alert-routes'],
  queryFn: () => answerOf(halyard.GET('/alert-routes', all)),
});

export const failuresQuery = (status: Failure['status']) => ({
  ...pagesQuery(['failures', 'list', status], (at) =>
    answerOf(halyard.GET('/failures', { params: { query: { status, limit: 50, ...at } } })),
  ),
  refetchInterval,
});
