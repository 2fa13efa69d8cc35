import { crashPoint } from '#crash-point';
import type { Round } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import { StoreUnavailable } from '../store-unavailable.js';
import type { Watch } from '../watch.js';
import { unwatched } from '../watch.js';
import { AttemptWatch } from './attempt-watch.js';
import type { DeliveryStore, RecordedOutcome } from './delivery-store.js';
import { afterOutcome } from './outcome.js';
import type { FindProvider, SendOutcome } from './provider.js';
import { recordApart } from './record-apart.js';
import type { Sending } from './sending.js';

const lost: SendOutcome = {
  kind: 'unknown',
  code: 'worker_lost',
  detail: 'The worker ended while the call was under way.',
};

const notReported: SendOutcome = {
  kind: 'unknown',
  code: 'not_reported',
  detail: 'Who had it to send did not report in time what became of it.',
};

/**
 * Takes over what a dead worker left in `sending`. Its call may have gone through, so each is an unknown send: repeated
 * where the provider knows our key, else awaited or shown to a person. Never sent a second time blindly.
 */
export class Recover {
  readonly #attempts: AttemptWatch;

  constructor(
    private readonly store: Pick<DeliveryStore, 'expired' | 'record' | 'askAboutUnknown'>,
    private readonly findProvider: FindProvider,
    private readonly clock: Clock,
    watch: Watch = unwatched,
  ) {
    this.#attempts = new AttemptWatch(watch);
  }

  async round(limit: number): Promise<Round> {
    const at = this.clock.now();
    const expired = await this.store.expired(at, limit);
    const outcomes = expired.map((sending): RecordedOutcome => {
      if (sending.handedOver) return unreported(sending, at);
      const onUnknown = this.findProvider(sending.provider)?.onUnknown ?? { kind: 'ask_person' as const };
      const { to, ...rest } = afterOutcome(sending, lost, onUnknown, at);
      // The provider is not to blame: its breaker stays as it is, and nobody needs to wait for it.
      const again = to.status === 'scheduled' ? { ...to, dueAt: at } : to;
      const transition = { ...rest, to: again, breaker: 'no_evidence' as const };
      return { sending, outcome: lost, at, transition };
    });
    if (outcomes.length) {
      crashPoint('lost-send-found');
      await this.#record(outcomes);
      crashPoint('lost-send-recorded');
    }
    await this.store.askAboutUnknown(at, limit);
    return { claimed: expired.length, nextDueAt: null };
  }

  /** One that cannot be recorded does not keep the others; it is told of by an error once these are. */
  async #record(outcomes: readonly RecordedOutcome[]): Promise<void> {
    try {
      await this.store.record(outcomes);
      this.#tell(outcomes);
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      const { recorded, refused } = await recordApart(this.store, outcomes);
      this.#tell(recorded);
      const left = outcomes.length - recorded.length;
      if (left)
        throw new AggregateError(
          refused.map((one) => one.error),
          `Lost sends that could not be recorded: ${left}.`,
        );
    }
  }

  #tell(outcomes: readonly RecordedOutcome[]): void {
    for (const { sending } of outcomes) this.#attempts.begun(sending); // its span was lost with the worker
    this.#attempts.recorded(outcomes);
  }
}

/** Its report was waited for already, so a person is asked at once. One that comes later still counts. */
function unreported(sending: Sending, at: Date): RecordedOutcome {
  const transition = afterOutcome(sending, notReported, { kind: 'ask_person' }, at);
  const to = { status: 'unknown' as const, reason: 'not_reported', askAt: at };
  return { sending, outcome: notReported, at, transition: { ...transition, to, breaker: 'no_evidence' } };
}
