import type { Retained } from '@halyard/contracts/retention';
import type { Clock } from '../clock.js';
import type { Metrics } from '../metrics.js';

/** Idempotency keys are not a matter of taste: their answers are promised for two days (core/idempotency). */
export type Removed = Retained | 'idempotency_keys';

/** What retention needs of the database. */
export interface RetentionStore {
  /** Removes at most so many that are older than this and that nothing needs any more; answers how many. */
  remove(what: Removed, before: Date, limit: number): Promise<number>;
}

const day = 86_400_000;
const chunk = 1_000;

/**
 * Removes what was kept long enough, in small transactions. Messages, decisions, attempts, consents, suppressions and the
 * audit log stay: counts, explanations and proofs rest on them.
 */
export class Retention {
  #stopped = false;

  constructor(
    private readonly store: RetentionStore,
    private readonly days: Record<Retained, number>,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /** Answers how many of each were removed, without those that none was removed of. */
  async run(): Promise<Partial<Record<Removed, number>>> {
    this.#stopped = false;
    const removed: Partial<Record<Removed, number>> = {};
    for (const [what, days] of Object.entries({ ...this.days, idempotency_keys: 2 }) as [Removed, number][]) {
      if (days === 0) continue;
      const before = new Date(this.clock.now().getTime() - days * day);
      const count = await this.#removeAll(what, before);
      if (count > 0) removed[what] = count;
    }
    return removed;
  }

  /** The chunk that is under way is the last one. */
  stop(): void {
    this.#stopped = true;
  }

  async #removeAll(what: Removed, before: Date): Promise<number> {
    let total = 0;
    while (!this.#stopped) {
      const count = await this.store.remove(what, before, chunk);
      if (count > 0) this.metrics.count('retention_removed_total', { of: what }, count);
      total += count;
      if (count < chunk) break;
    }
    return total;
  }
}
