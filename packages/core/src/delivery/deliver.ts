import { crashPoint } from '#crash-point';
import type { Round } from '../claim-loop.js';
import { describe, diedOf, maxTries } from '../decide/retry.js';
import type { Watch } from '../watch.js';
import { unwatched } from '../watch.js';
import type { DecidedBatch, DecideParts } from './decide-batch.js';
import { decideBatch } from './decide-batch.js';
import type { Claimed, ClaimRequest, DeliveryStore, MessageKey, Suspect } from './delivery-store.js';
import { ReleaseFailed } from './delivery-store.js';
import type { Dispatcher } from './dispatcher.js';
import type { KeptPlaces } from './places.js';
import { tellVerdicts } from './tell-verdicts.js';

export interface DeliverParts extends Omit<DecideParts, 'roomAt' | 'sender'> {
  /** Names this process in leases. */
  owner: string;
  watch?: Watch;
}

/**
 * How long a message stays ours once its intent is committed: longer than a call may take, and short enough that
 * another worker takes over within a minute.
 */
const leaseMs = 45_000;

/** Rows a round takes on: a round is twenty statements whatever its size, so that small ones cost the most per message. */
export const deliverBatch = { min: 200, max: 500, targetMs: 1_000 };

/** While there is a backlog PostgreSQL works on one round while this process decides and renders another. */
export const deliverRounds = 2;

/**
 * From a due message to a call under way:
 * claim → load → decide and render (pure) → commit the intent → call. What comes of the call is the dispatcher's.
 */
export class Deliver {
  readonly #decide: DecideParts;
  readonly #watch: Watch;
  /** A round is under way, or the last one left something that waits for a call to end. */
  isHeld = false;

  constructor(
    private readonly store: DeliveryStore,
    private readonly dispatcher: Dispatcher,
    private readonly parts: DeliverParts,
  ) {
    this.#decide = { ...parts, sender: 'loop', roomAt: ({ id }) => dispatcher.places.roomAt(id) };
    this.#watch = parts.watch ?? unwatched;
  }

  /** One round of a lane: 0 is transactional, 1 everything else. Rounds may run beside one another. */
  async round(lane: 0 | 1, limit: number): Promise<Round> {
    const { places } = this.dispatcher;
    while (places.free < Math.min(limit, places.limits.total / 20)) await places.freed();
    this.isHeld = true;
    const now = this.parts.clock.now();
    const leaseUntil = new Date(now.getTime() + leaseMs);
    const kept = places.keep(limit);
    try {
      const request = { lane, now, owner: this.parts.owner, leaseUntil, places: kept };
      const { claimed, more, held, nextDueAt } = await this.#release(request, kept);
      this.isHeld = held;
      return { claimed: more ? limit : claimed, nextDueAt };
    } finally {
      kept.end();
    }
  }

  async #release(request: ClaimRequest, kept: KeptPlaces): Promise<Claimed> {
    let decided: DecidedBatch = { verdicts: [], buckets: [], probes: [], ready: [], undecided: [] };
    try {
      const claimed = await this.store.release(request, (batch) => {
        kept.keepAt([]);
        decided = decideBatch(batch, request.now, this.#decide);
        kept.keepAt(decided.ready.map(({ sending }) => sending.connectionId));
        if (decided.ready.length) crashPoint('release-decided');
        return decided;
      });
      if (decided.ready.length) crashPoint('intent-committed');
      kept.keepAt([]);
      for (const { sending, connection } of decided.ready) this.dispatcher.dispatch(sending, connection);
      tellVerdicts(this.#watch, decided.verdicts);
      for (const { message, problem } of decided.undecided)
        await this.#setAside(message, problem, request.now);
      for (const suspect of claimed.suspects) await this.#alone(suspect, request, kept);
      return claimed;
    } catch (error) {
      if (!(error instanceof ReleaseFailed)) throw error;
      return this.#apart(request, kept, error);
    }
  }

  /** What failed together is tried in halves, and halves of these, so that only the message at fault is set aside. */
  async #apart(
    request: ClaimRequest,
    kept: KeptPlaces,
    { messages, cause }: ReleaseFailed,
  ): Promise<Claimed> {
    const middle = Math.ceil(messages.length / 2);
    const [first] = messages;
    if (first && messages.length === 1) await this.#setAside(first, describe(cause), request.now);
    else
      for (const only of [messages.slice(0, middle), messages.slice(middle)])
        await this.#release({ ...request, only }, kept);
    return { claimed: messages.length, more: true, held: true, nextDueAt: null, suspects: [] };
  }

  /** What may have ended a process takes no neighbour with it, and is not tried for ever. */
  async #alone(suspect: Suspect, request: ClaimRequest, kept: KeptPlaces): Promise<void> {
    if (suspect.tries >= maxTries) await this.#setAside(suspect, diedOf, request.now);
    else await this.#release({ ...request, only: [suspect] }, kept);
  }

  async #setAside(message: MessageKey, problem: string, now: Date): Promise<void> {
    this.#watch.log.warn(
      { org_id: message.orgId, message_id: message.id },
      'a message could not be released; it is set aside',
    );
    await this.store.setAside(message, problem, now);
  }

  /** Waits for the calls under way and the record of what became of them. */
  drain(): Promise<void> {
    return this.dispatcher.drain();
  }
}
