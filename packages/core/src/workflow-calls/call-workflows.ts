import { crashPoint } from '#crash-point';
import type { Round, Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import type { ConnectionOpener, SealedConnection } from '../connections/open-connection.js';
import type { PostOutcome } from '../outbox/after-try.js';
import type { WebhookPoster } from '../outbox/deliver.js';
import { signWebhook } from '../outbox/sign-webhook.js';
import { RequestsUnderWay } from '../requests-under-way.js';
import { traceIdOf } from '../trace.js';
import type { LinkTokens } from '../tracking/link-tokens.js';
import type { Watch } from '../watch.js';
import type { AfterCall } from './after-call.js';
import { afterCall } from './after-call.js';
import { callBody } from './call-body.js';
import type { NewCall } from './workflow-call.js';

/** A call that is due, leased to this process. */
export interface ClaimedCall extends NewCall {
  /** Tries so far, this one included. */
  tries: number;
  target: SealedConnection;
}

/** Each call is one short transaction of the worker: none is open while a request is under way. */
export interface WorkflowCallQueue {
  /** Leases due calls, few per connection at a time. What an expired lease held is due again. */
  claim(limit: number, now: Date): Promise<ClaimedCall[]>;
  /**
   * Records what became of a try, and with a failure its event; nothing when the call was answered or closed meanwhile, or
   * the lease was lost. Returns whether it was recorded.
   */
  record(call: ClaimedCall, after: AfterCall, now: Date): Promise<boolean>;
  /** Fails calls that can never be handed over: without a connection, or whose time is over. Returns how many. */
  giveUp(now: Date): Promise<number>;
  nextDueAt(now: Date): Promise<Date | null>;
}

/**
 * Hands calls of workflows over to n8n, at least once: the idempotency key tells repetitions. As webhooks to endpoints,
 * they are posted beside the loop, and what a dead process held is due again when its lease runs out.
 */
export class CallWorkflows {
  readonly #requests: RequestsUnderWay<ClaimedCall>;

  constructor(
    private readonly queue: WorkflowCallQueue,
    private readonly poster: WebhookPoster,
    private readonly opener: ConnectionOpener,
    private readonly tokens: LinkTokens,
    private readonly loop: { clock: Clock; wakeups: Wakeups; watch: Watch },
  ) {
    this.#requests = new RequestsUnderWay(
      { claim: (limit, now) => this.#claim(limit, now), nextDueAt: (now) => queue.nextDueAt(now) },
      (call) => this.#make(call),
      (call, error) =>
        loop.watch.log.error({ ...idsOf(call), err: error }, 'a call of a workflow was not recorded'),
      loop.clock,
      200,
    );
  }

  /** One round of the loop: starts what is due and there is room for. */
  async round(limit: number): Promise<Round> {
    const failed = await this.queue.giveUp(this.loop.clock.now());
    if (failed) this.loop.wakeups.poke('events');
    return this.#requests.round(limit);
  }

  /** Waits until every request that is under way has ended and is recorded. */
  drain(): Promise<void> {
    return this.#requests.drain();
  }

  async #claim(limit: number, now: Date): Promise<ClaimedCall[]> {
    const claimed = await this.queue.claim(limit, now);
    if (claimed.length) crashPoint('call-claimed');
    return claimed;
  }

  async #make(call: ClaimedCall): Promise<void> {
    const outcome = await this.#post(call);
    crashPoint('workflow-took-call');
    const { clock, wakeups, watch } = this.loop;
    const now = clock.now();
    const after = afterCall(outcome, call.tries, call, now, Math.random());
    const recorded = await this.queue.record(call, after, now);
    crashPoint('call-committed');
    if (recorded && after.kind === 'failed') wakeups.poke('events');
    watch.metrics.count('workflow_calls_total', { outcome: after.kind });
    const level = ({ handed_over: 'debug', retry: 'info', failed: 'warn' } as const)[after.kind];
    watch.log[level]({ ...idsOf(call), outcome: after.kind, status: after.status }, 'a workflow was called');
  }

  async #post(call: ClaimedCall): Promise<PostOutcome> {
    const opened = this.opener.open(call.target);
    if (opened.kind === 'unusable') return { kind: 'failed', detail: opened.reason };
    const { settings, secrets } = opened.connection;
    const { orgId, id: callId } = call;
    const body = callBody(call, call.waits ? this.tokens.url('answer', { orgId, callId }) : null);
    if (!secrets.signing_secret)
      return { kind: 'failed', detail: 'The connection to n8n has no signing secret: set it.' };
    const secret = { secret: secrets.signing_secret, expires_at: null };
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Halyard-Webhooks/1',
      'idempotency-key': callId,
      ...signWebhook(callId, body, [secret], this.loop.clock.now()),
      ...(call.trace && { traceparent: call.trace }),
    };
    return this.poster.post(`${settings.base_url}/${call.path.replace(/^\//, '')}`, headers, body);
  }
}

/** The address may hold a token: it is not told. */
const idsOf = ({ orgId, id, runId, stepId, tries, target, trace }: ClaimedCall) => ({
  org_id: orgId,
  call_id: id,
  run_id: runId,
  step: stepId,
  connection_id: target.id,
  trace_id: traceIdOf(trace),
  tries,
});
