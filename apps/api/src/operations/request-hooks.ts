import type { Metrics } from '@halyard/core/metrics';
import type { Tracing } from '@halyard/core/trace';
import type { FastifyInstance } from 'fastify';
import { endRequest, routeOf, runningIds, withinRequest } from './request-context.js';

/** What every answer says to a browser. Pages with scripts set a wider policy themselves. */
const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** What happens around every request: ids for the log, headers, one line and one measurement when it is answered. */
export function hookRequests(
  fastify: FastifyInstance,
  { metrics, tracing }: { metrics: Metrics; tracing: Tracing | null },
  https: boolean,
): void {
  fastify.addHook('onRequest', (request, reply, next) => {
    reply.headers(securityHeaders);
    // Pixels of tracked mail are shown by mail programs of other origins.
    if (request.url.startsWith('/t/')) reply.header('cross-origin-resource-policy', 'cross-origin');
    if (https) reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
    reply.header('x-request-id', request.id);
    withinRequest(request, tracing, next);
  });

  fastify.addHook('onResponse', (request, reply, next) => {
    const route = routeOf(request);
    const seconds = Math.round(reply.elapsedTime * 10) / 10_000;
    const labels = { method: request.method, route, status: String(reply.statusCode) };
    // How long somebody listened says nothing about how quick we are.
    if (!String(reply.getHeader('content-type')).startsWith('text/event-stream'))
      metrics.time('http_request_duration_seconds', labels, seconds);
    endRequest(reply.statusCode);
    const level = reply.statusCode >= 500 ? 'error' : 'info';
    fastify.log[level](
      { ...runningIds(), method: request.method, route, status: reply.statusCode, seconds },
      'request',
    );
    next();
  });
}
