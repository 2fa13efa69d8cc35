import { setTimeout as pause } from 'node:timers/promises';
import { RateLimited } from '../access/rate-limited.js';
import type { OrgId } from '../ids.js';

/** What knowing the backlog needs of the database. */
export interface BacklogStore {
  /** How many of the organization's events wait for their decision; counts no further than `upTo`. */
  undecided(orgId: OrgId, upTo: number): Promise<number>;
}

const freshMs = 1_000;
/** By then a part of the queue is gone: deciding takes hundreds of events a second at the least. */
const retryAfterSeconds = 5;
const mostRemembered = 10_000;

const aSecond = (until: AbortSignal): Promise<void> =>
  pause(freshMs, undefined, { signal: until }).catch(() => {});

interface Seen {
  isFull: boolean;
  at: number;
  looking: boolean;
}

/**
 * Refuses what an organization wants decided while too much of it waits already, so that its queue stays short enough
 * to be worked off soon. The queue is looked at beside the requests, once a second at most: an exact count for each
 * would cost more than it saves, and a second's worth of events more does no harm.
 */
export class Backlog {
  readonly #seen = new Map<OrgId, Seen>();

  /** `most` 0: no limit. */
  constructor(
    private readonly store: BacklogStore,
    private readonly most: number,
    private readonly now: () => number = () => performance.now(),
    private readonly wait: (until: AbortSignal) => Promise<void> = aSecond,
  ) {}

  /** Throws `RateLimited` while the organization's queue is full. */
  check(orgId: OrgId): void {
    if (this.most === 0) return;
    const seen = this.#seen.get(orgId) ?? this.#remember(orgId);
    if (!seen.looking && this.now() - seen.at >= freshMs) void this.#look(orgId, seen);
    if (seen.isFull) throw new RateLimited(retryAfterSeconds);
  }

  /** Waits while the organization's queue is full, for what nobody waits for; ends early when it is told to. */
  async room(orgId: OrgId, ending: AbortSignal): Promise<void> {
    if (this.most === 0) return;
    const seen = this.#seen.get(orgId) ?? this.#remember(orgId);
    while (!ending.aborted) {
      if (this.now() - seen.at >= freshMs) await this.#look(orgId, seen);
      if (!seen.isFull) return;
      await this.wait(ending);
    }
  }

  #remember(orgId: OrgId): Seen {
    if (this.#seen.size >= mostRemembered) this.#seen.clear();
    const seen = { isFull: false, at: Number.NEGATIVE_INFINITY, looking: false };
    this.#seen.set(orgId, seen);
    return seen;
  }

  async #look(orgId: OrgId, seen: Seen): Promise<void> {
    seen.looking = true;
    try {
      seen.isFull = (await this.store.undecided(orgId, this.most)) >= this.most;
    } catch {
      // The database is away: the request that asked finds out by itself.
    } finally {
      seen.at = this.now();
      seen.looking = false;
    }
  }
}
