import { AsyncLocalStorage } from 'node:async_hooks';
import type { Span, Tracing } from '@halyard/core/trace';
import { beginTrace, currentTrace, traceIdOf, withinTrace } from '@halyard/core/trace';
import type { AuthenticatedRequest } from '../http/handle.js';

interface Running {
  request: AuthenticatedRequest;
  span: Span | null;
}

const requests = new AsyncLocalStorage<Running>();
const wellFormed = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Runs the rest of a request in the trace that its caller names, or in one of its own. */
export function withinRequest(
  request: AuthenticatedRequest,
  tracing: Tracing | null,
  rest: () => void,
): void {
  const sent = request.headers.traceparent;
  const caller = typeof sent === 'string' && wellFormed.test(sent) ? sent : null;
  const span = tracing?.start(spanOf(request, caller)) ?? null;
  requests.run({ request, span }, () => withinTrace(span?.traceparent ?? caller ?? beginTrace(), rest));
}

/** The pattern, not the address: addresses hold tokens of links and webhooks. */
export const routeOf = (request: AuthenticatedRequest): string => request.routeOptions.url ?? 'none';

const spanOf = (request: AuthenticatedRequest, parent: string | null) => ({
  name: `${request.method} ${routeOf(request)}`,
  kind: 'server' as const,
  parent,
  attributes: {
    'http.request.method': request.method,
    'http.route': routeOf(request),
    'url.scheme': request.protocol,
    'halyard.request.id': request.id,
  },
});

/** Ends the span of the request that is running. */
export function endRequest(status: number): void {
  const running = requests.getStore();
  running?.span?.end({
    failed: status >= 500 ? String(status) : undefined,
    attributes: {
      'http.response.status_code': status,
      'halyard.org.id': running.request.caller?.orgId,
    },
  });
}

/** Ids of what is running, for each log line. */
export function runningIds(): Record<string, string> {
  const request = requests.getStore()?.request;
  const traceId = traceIdOf(currentTrace());
  return {
    ...(request && { request_id: request.id }),
    ...(traceId !== undefined && { trace_id: traceId }),
    ...(request?.caller && { org_id: request.caller.orgId }),
  };
}
