import type { Span, Tracing } from '../trace.js';
import { traceIdOf } from '../trace.js';
import type { Watch } from '../watch.js';
import type { AfterTry } from './after-try.js';
import type { ClaimedDelivery } from './claimed-delivery.js';

/** A number and a line for a try. The endpoint's address may hold a token: it is not told. */
export function tellDelivery({ log, metrics }: Watch, delivery: ClaimedDelivery, after: AfterTry): void {
  metrics.count('deliveries_total', { outcome: after.delivery });
  const level = ({ delivered: 'debug', retry: 'info', failed: 'warn' } as const)[after.delivery];
  const ids = { ...idsOf(delivery), outcome: after.delivery, status: after.status };
  log[level](ids, 'a webhook was posted');
}

export function tellUnrecorded({ log }: Watch, delivery: ClaimedDelivery, error: unknown): void {
  log.error({ ...idsOf(delivery), err: error }, 'a webhook was not recorded; it is tried again');
}

/** The span of a try; its traceparent goes along, so that a receiver's spans join the trace. */
export const spanOf = (
  tracing: Tracing | null,
  { orgId, id, outbox, endpoint }: ClaimedDelivery,
): Span | undefined =>
  tracing?.start({
    name: `tell ${outbox.type}`,
    kind: 'client',
    parent: outbox.trace,
    attributes: {
      'http.request.method': 'POST',
      'messaging.system': 'webhook',
      'messaging.operation.type': 'send',
      'messaging.operation.name': 'tell',
      'messaging.destination.name': outbox.type,
      'messaging.message.id': messageIn(outbox.payload),
      'halyard.org.id': orgId,
      'halyard.delivery.id': id,
      'halyard.endpoint.id': endpoint.id,
    },
  });

const idsOf = ({ orgId, id, tries, outbox, endpoint }: ClaimedDelivery) => ({
  org_id: orgId,
  delivery_id: id,
  endpoint_id: endpoint.id,
  message_id: messageIn(outbox.payload),
  trace_id: traceIdOf(outbox.trace),
  type: outbox.type,
  tries,
});

/** The message that an event is about, for those that are about one. */
function messageIn(payload: unknown): string | undefined {
  const { message_id: id } = (payload ?? {}) as { message_id?: unknown };
  return typeof id === 'string' ? id : undefined;
}
