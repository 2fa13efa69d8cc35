import { RateLimited } from '@halyard/core/access/rate-limited';

const windowMs = 60_000;
const most = 100_000;

/**
 * A modest limit of requests a minute for each key, user or address, so that one caller in a loop does not take the
 * server from the others. In memory, for each process: exactness is not worth a write per request.
 */
export class RequestLimits {
  #counts = new Map<string, number>();
  #windowEnds = 0;

  /** `perMinute` 0: no limit. */
  constructor(
    private readonly perMinute: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Counts a request; throws `RateLimited` when there were too many in this minute. */
  take(who: string): void {
    if (this.perMinute === 0) return;
    const now = this.now();
    if (now >= this.#windowEnds || this.#counts.size > most) {
      this.#counts = new Map();
      this.#windowEnds = now + windowMs;
    }
    const count = (this.#counts.get(who) ?? 0) + 1;
    this.#counts.set(who, count);
    if (count > this.perMinute) throw new RateLimited(Math.ceil((this.#windowEnds - now) / 1_000));
  }
}
