import type { AttemptId } from '../ids.js';
import type { Log } from '../log.js';
import { laneNames } from '../metrics.js';
import type { Span, SpanAttributes } from '../trace.js';
import { traceIdOf } from '../trace.js';
import type { Watch } from '../watch.js';
import type { RecordedOutcome } from './delivery-store.js';
import type { SendOutcome } from './provider.js';
import type { ReadyToSend, Sending } from './sending.js';

type Recorded = Omit<RecordedOutcome, 'sending'> & { sending: Sending | ReadyToSend };

/** What is told of attempts: numbers, a line each, and, where somebody observes, a span each with the call in it. */
export class AttemptWatch {
  readonly #spans = new Map<AttemptId, Span>();

  constructor(private readonly watch: Watch) {}

  /** The intent is committed. */
  begun(sending: Sending): void {
    const span = this.watch.tracing?.start({
      name: `send ${sending.channel}`,
      kind: 'producer',
      parent: sending.trace,
      row: sending.attemptId,
      startedAt: sending.startedAt,
      attributes: { ...attributesOf(sending), 'messaging.operation.type': 'send' },
    });
    if (span) this.#spans.set(sending.attemptId, span);
  }

  /** Times the call. */
  async calling(sending: Sending, call: () => Promise<SendOutcome>): Promise<SendOutcome> {
    const span = this.watch.tracing?.start({
      name: `call ${sending.provider}`,
      kind: 'client',
      parent: this.#spans.get(sending.attemptId)?.traceparent ?? sending.trace,
      attributes: attributesOf(sending),
    });
    const started = performance.now();
    const outcome = await call();
    const seconds = (performance.now() - started) / 1000;
    this.watch.metrics.time('attempt_duration_seconds', { provider: sending.provider }, seconds);
    span?.end(endOf(outcome));
    return outcome;
  }

  /** The database will not take what came of it: nothing is counted, as nobody will find it there. */
  refused({ sending, outcome }: Recorded): void {
    this.watch.log.error(
      { ...idsOf(sending), outcome: outcome.kind },
      'the outcome of an attempt cannot be recorded; it is left to its lease',
    );
    this.#end(sending, { failed: 'not_recorded' });
  }

  /** What came of them is in the database. */
  recorded(outcomes: readonly Recorded[]): void {
    const { metrics, log } = this.watch;
    for (const recorded of outcomes) {
      const { sending, outcome, at } = recorded;
      if (outcome.kind === 'accepted' && 'lane' in sending) {
        const lateMs = sending.lateByMs + at.getTime() - sending.startedAt.getTime();
        metrics.time(
          'message_lateness_seconds',
          { lane: laneNames[sending.lane] },
          Math.max(0, lateMs) / 1000,
        );
      }
      tellAttempt(log, recorded);
      this.#end(sending, endOf(outcome));
    }
    for (const [key, n] of countsOf(outcomes, ({ sending, outcome }) => [sending.provider, outcome.kind]))
      metrics.count('attempts_total', { provider: key[0], outcome: key[1] }, n);
    const ended = outcomes.filter(({ transition }) => transition.to.status !== 'sending');
    for (const [key, n] of countsOf(ended, ({ sending, transition }) => [
      sending.channel,
      transition.to.status,
    ]))
      metrics.count('messages_total', { channel: key[0], status: key[1] }, n);
  }

  #end({ attemptId }: Sending, result: ReturnType<typeof endOf>): void {
    this.#spans.get(attemptId)?.end(result);
    this.#spans.delete(attemptId);
  }
}

const attributesOf = (sending: Sending): SpanAttributes => ({
  'messaging.system': sending.provider,
  'messaging.operation.name': 'send',
  'messaging.destination.name': sending.channel,
  'messaging.message.id': sending.messageId,
  'halyard.org.id': sending.orgId,
  'halyard.attempt.id': sending.attemptId,
  'halyard.connection.id': sending.connectionId,
  'halyard.run.id': sending.origin.runId ?? undefined,
});

const endOf = (outcome: SendOutcome): { failed?: string; attributes?: SpanAttributes } => ({
  attributes: { 'halyard.outcome': outcome.kind },
  ...(outcome.kind !== 'accepted' &&
    outcome.kind !== 'handed_over' && { failed: 'code' in outcome ? outcome.code : outcome.kind }),
});

const levels = {
  accepted: 'debug',
  rejected: 'info',
  throttled: 'info',
  failed_before_send: 'warn',
  handed_over: 'debug',
  unknown: 'warn',
} as const satisfies Record<SendOutcome['kind'], keyof Log>;

/** The provider's own words are left out: they may quote the address. They are in the attempt. */
function tellAttempt(log: Log, { sending, outcome, transition: { to } }: Recorded): void {
  const level = to.status === 'dead' || to.status === 'failed' ? 'warn' : levels[outcome.kind];
  log[level](
    {
      ...idsOf(sending),
      channel: sending.channel,
      provider: sending.provider,
      outcome: outcome.kind,
      code: 'code' in outcome ? outcome.code : undefined,
      status: to.status,
      reason: 'reason' in to ? to.reason : undefined,
    },
    'an attempt ended',
  );
}

const idsOf = (sending: Sending) => ({
  org_id: sending.orgId,
  message_id: sending.messageId,
  attempt_id: sending.attemptId,
  run_id: sending.origin.runId ?? undefined,
  connection_id: sending.connectionId,
  trace_id: traceIdOf(sending.trace),
});

/** A batch has few distinct labels: each is counted once for all that have it. */
function countsOf(
  outcomes: readonly Recorded[],
  labelsOf: (one: Recorded) => [string, string],
): [[string, string], number][] {
  const counts = new Map<string, [[string, string], number]>();
  for (const one of outcomes) {
    const labels = labelsOf(one);
    const name = `${labels[0]} ${labels[1]}`;
    const known = counts.get(name);
    if (known) known[1] += 1;
    else counts.set(name, [labels, 1]);
  }
  return [...counts.values()];
}
