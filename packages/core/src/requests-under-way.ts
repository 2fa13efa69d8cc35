import type { Round } from './claim-loop.js';
import type { Clock } from './clock.js';

/** What a loop posts: due rows under a lease. */
export interface DueRequests<Claimed> {
  claim(limit: number, now: Date): Promise<Claimed[]>;
  /** When the next one will be due that is not due yet. */
  nextDueAt(now: Date): Promise<Date | null>;
}

/**
 * Requests that a loop started and that go on beside it, so that who answers slowly holds up nobody else; `capacity`
 * bounds how many. One whose outcome cannot be recorded is told, and due again when its lease runs out.
 */
export class RequestsUnderWay<Claimed> {
  readonly #underWay = new Set<Promise<void>>();

  constructor(
    private readonly due: DueRequests<Claimed>,
    private readonly make: (one: Claimed) => Promise<void>,
    private readonly unrecorded: (one: Claimed, error: unknown) => void,
    private readonly clock: Clock,
    private readonly capacity: number,
  ) {}

  /** Starts what is due and there is room for. */
  async round(limit: number): Promise<Round> {
    if (this.#underWay.size >= this.capacity) await Promise.race(this.#underWay);
    const room = Math.min(limit, this.capacity - this.#underWay.size);
    const now = this.clock.now();
    const claimed = await this.due.claim(room, now);
    for (const one of claimed) this.#start(one);
    return { claimed: claimed.length, nextDueAt: await this.due.nextDueAt(now) };
  }

  /** Waits until every request that is under way has ended and is recorded. */
  async drain(): Promise<void> {
    while (this.#underWay.size) await Promise.all(this.#underWay);
  }

  #start(one: Claimed): void {
    const making = this.make(one)
      .catch((error: unknown) => this.unrecorded(one, error))
      .finally(() => this.#underWay.delete(making));
    this.#underWay.add(making);
  }
}
