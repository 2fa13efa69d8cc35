import { crashPoint } from '#crash-point';
import type { Round } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import type { DeliveryStore, RecordedOutcome } from './delivery-store.js';
import { afterOutcome } from './outcome.js';
import type { FindProvider, SendOutcome } from './provider.js';

const lost: SendOutcome = {
  kind: 'unknown',
  code: 'worker_lost',
  detail: 'The worker ended while the call was under way.',
};

/**
 * Takes over what a dead worker left in `sending`. Its call may have gone through, so each is an unknown send: repeated
 * where the provider knows our key, else awaited or shown to a person. Never sent a second time blindly.
 */
export class Recover {
  constructor(
    private readonly store: Pick<DeliveryStore, 'expired' | 'record' | 'askAboutUnknown'>,
    private readonly findProvider: FindProvider,
    private readonly clock: Clock,
  ) {}

  async round(limit: number): Promise<Round> {
    const at = this.clock.now();
    const expired = await this.store.expired(at, limit);
    const outcomes = expired.map((sending): RecordedOutcome => {
      const onUnknown = this.findProvider(sending.provider)?.onUnknown ?? { kind: 'ask_person' as const };
      return { sending, outcome: lost, at, transition: afterOutcome(sending, lost, onUnknown, at) };
    });
    if (outcomes.length) {
      crashPoint('lost-send-found');
      await this.store.record(outcomes);
      crashPoint('lost-send-recorded');
    }
    await this.store.askAboutUnknown(at, limit);
    return { claimed: expired.length, nextDueAt: null };
  }
}
