import { traceIdOf } from '../trace.js';
import type { Watch } from '../watch.js';
import type { DueMessage } from './candidate.js';
import type { Verdict } from './delivery-store.js';

type Held = Extract<Verdict, { kind: 'defer' }>;
type Ended = Extract<Verdict, { kind: 'end' }>;

/** What is told of messages that are due and yet not sent. */
export function tellVerdicts(watch: Watch, verdicts: readonly Verdict[]): void {
  for (const verdict of verdicts) {
    if (verdict.kind === 'defer') tellHeld(watch, verdict);
    if (verdict.kind === 'end') tellEnded(watch, verdict);
  }
}

function tellHeld({ log, metrics }: Watch, { candidate, rule, reason, until }: Held): void {
  metrics.count('messages_held_total', { rule });
  log.debug({ ...idsOf(candidate.message), rule, reason, until }, 'a message is held');
}

function tellEnded({ log, metrics, tracing }: Watch, { candidate, status, rule, reason }: Ended): void {
  const { message } = candidate;
  metrics.count('messages_total', { channel: message.channels[0] ?? 'none', status });
  const ids = { ...idsOf(message), status, rule, reason };
  if (status === 'skipped' || status === 'expired') log.info(ids, 'a message is not sent');
  else log.warn(ids, 'a message cannot be sent');
  tracing
    ?.start({
      name: `release ${status}`,
      kind: 'internal',
      parent: message.trace,
      attributes: {
        'messaging.message.id': message.id,
        'halyard.org.id': message.orgId,
        'halyard.rule': rule,
        'halyard.reason': reason,
      },
    })
    .end();
}

const idsOf = ({ orgId, id, origin, eventId, trace }: DueMessage) => ({
  org_id: orgId,
  message_id: id,
  run_id: origin.runId ?? undefined,
  event_id: eventId ?? undefined,
  trace_id: traceIdOf(trace),
});
