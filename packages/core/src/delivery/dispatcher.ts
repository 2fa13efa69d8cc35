import { setTimeout as pause } from 'node:timers/promises';
import { crashPoint } from '#crash-point';
import type { LoopReport, Wakeups, WorkKind } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import { describe } from '../decide/retry.js';
import { storableText } from '../storable-text.js';
import { StoreUnavailable } from '../store-unavailable.js';
import type { Watch } from '../watch.js';
import { unwatched } from '../watch.js';
import { AttemptWatch } from './attempt-watch.js';
import type { DeliveryStore, RecordedOutcome } from './delivery-store.js';
import { afterOutcome } from './outcome.js';
import type { PlaceLimits } from './places.js';
import { Places } from './places.js';
import type { FindProvider, OpenConnection, SendOutcome } from './provider.js';
import { recordApart } from './record-apart.js';
import type { ReadyToSend } from './sending.js';

export interface DispatchLimits extends PlaceLimits {
  /** A call that takes longer is given up, its outcome unknown. */
  sendTimeoutMs: number;
}

export const defaultLimits: DispatchLimits = {
  total: 1_600,
  perOrganization: 48,
  perConnection: 48,
  sendTimeoutMs: 25_000,
};

const largestRecord = 500;
/** What ends within this time is recorded together, and sooner when nothing is under way any more. */
const gatherMs = 20;

/**
 * The calls to providers that are under way, apart from the loop that claims: a slow provider holds up nothing but its
 * own organization. What came of them is recorded in batches; a call counts as under way until it is.
 */
export class Dispatcher {
  /** Rounds and calls share them. */
  readonly places: Places;
  #underWay = 0;
  #outcomes: RecordedOutcome[] = [];
  #recording: Promise<void> | null = null;
  readonly #attempts: AttemptWatch;

  constructor(
    private readonly store: Pick<DeliveryStore, 'record'>,
    private readonly findProvider: FindProvider,
    private readonly clock: Clock,
    /** `freed`: calls have ended and left their places to others. */
    private readonly watch: Partial<Watch> & { report: LoopReport; wakeups: Wakeups; freed?: () => void },
    private readonly limits: DispatchLimits = defaultLimits,
  ) {
    this.#attempts = new AttemptWatch({ ...unwatched, ...watch });
    this.places = new Places(limits);
  }

  /** Starts the call and returns at once. */
  dispatch(sending: ReadyToSend, connection: OpenConnection): void {
    this.#count(sending, 1);
    this.#attempts.begun(sending);
    void this.#attempts
      .calling(sending, () => this.#call(sending, connection))
      .then((outcome) => {
        crashPoint('provider-answered');
        const at = this.clock.now();
        const provider = this.findProvider(sending.provider);
        const transition = afterOutcome(sending, outcome, provider?.onUnknown ?? { kind: 'ask_person' }, at);
        this.#outcomes.push({ sending, outcome, at, transition });
        this.#recording ??= this.#recordAll();
      });
  }

  /** Resolves when no call is under way and everything is recorded. */
  async drain(): Promise<void> {
    while (this.#underWay > 0) await this.places.freed();
  }

  async #call(sending: ReadyToSend, connection: OpenConnection): Promise<SendOutcome> {
    const provider = this.findProvider(sending.provider);
    if (!provider)
      return { kind: 'failed_before_send', code: 'no_provider', detail: `${sending.provider} is not there.` };
    const { sendTimeoutMs } = this.limits;
    const giveUp = new AbortController();
    // Not AbortSignal.timeout, which keeps its timer until it is over: with many quick calls that is most of what lives.
    const timer = setTimeout(
      () => giveUp.abort(new DOMException('The call took too long.', 'TimeoutError')),
      sendTimeoutMs,
    );
    const { attemptId, messageId, orgId, idempotencyKey, payload } = sending;
    try {
      const request = { attemptId, messageId, orgId, idempotencyKey, payload };
      return storable(await provider.send(connection, request, giveUp.signal));
    } catch (error) {
      // A throw is a bug of the provider's file; how far the call got is not known.
      return { kind: 'unknown', code: 'provider_threw', detail: describe(error) };
    } finally {
      clearTimeout(timer);
    }
  }

  async #recordAll(): Promise<void> {
    let pauseMs = gatherMs;
    for (;;) {
      await this.#gather(pauseMs);
      const batch = this.#outcomes.splice(0, largestRecord);
      if (batch.length === 0) break;
      const failed = await this.#record(batch);
      pauseMs = failed.length ? Math.min(5_000, Math.max(100, pauseMs * 2)) : gatherMs;
      this.#outcomes.unshift(...failed);
    }
    this.#recording = null;
  }

  /** Whoever records little at a time also claims little at a time, and each costs as many statements as a full round. */
  async #gather(pauseMs: number): Promise<void> {
    if (pauseMs > gatherMs) return pause(pauseMs);
    const end = performance.now() + pauseMs;
    do await pause(1);
    while (performance.now() < end && this.#outcomes.length < this.#underWay);
  }

  /**
   * Records a batch, or else one by one: one that is refused does not keep the others, and is left to its lease. What the
   * database cannot take right now is kept and returned.
   */
  async #record(batch: RecordedOutcome[]): Promise<RecordedOutcome[]> {
    try {
      const woken = await this.store.record(batch);
      crashPoint('outcome-committed');
      this.#done(batch, woken);
      return [];
    } catch (error) {
      this.watch.report.loopFailed('record outcomes', error, 100);
      if (error instanceof StoreUnavailable) return batch;
    }
    const { recorded, refused, waiting, woken } = await recordApart(this.store, batch);
    this.#done(recorded, woken);
    for (const { refused: one } of refused) {
      this.#count(one.sending, -1);
      this.#attempts.refused(one);
    }
    return waiting;
  }

  #done(batch: readonly RecordedOutcome[], woken: ReadonlySet<WorkKind>): void {
    for (const { sending } of batch) this.#count(sending, -1);
    this.#attempts.recorded(batch);
    for (const kind of woken) this.watch.wakeups.poke(kind);
    this.watch.freed?.();
  }

  #count({ orgId, connectionId }: RecordedOutcome['sending'], by: 1 | -1): void {
    this.#underWay += by;
    this.places.change({ total: by, organization: [orgId, by], connection: [connectionId, by] });
  }
}

/** Longer ids than any provider gives would not fit into an index. */
const longestId = 500;

/** What a provider answered, which can be anything, so that it can be recorded. */
function storable(outcome: SendOutcome): SendOutcome {
  if (outcome.kind === 'accepted')
    return outcome.providerMessageId === undefined
      ? outcome
      : { ...outcome, providerMessageId: storableText(outcome.providerMessageId, longestId) };
  if (outcome.kind === 'handed_over') return outcome;
  const detail = storableText(outcome.detail);
  return 'code' in outcome
    ? { ...outcome, code: storableText(outcome.code), detail }
    : { ...outcome, detail };
}
