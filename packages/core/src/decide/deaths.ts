import type { DecideStore } from './decide-store.js';
import { pausesAfterDeathMs } from './retry.js';

const everyMs = 1_000;

/**
 * Counts what died processes had begun: before the first round, so that what kills a process is not met uncounted by the
 * next, and then at most once a second, as often as an idle loop looks.
 */
export class Deaths {
  #countedAt: Date | null = null;

  constructor(
    private readonly store: Pick<DecideStore, 'countDeaths'>,
    private readonly kind: 'events' | 'runs',
  ) {}

  async count(now: Date): Promise<void> {
    if (this.#countedAt && Math.abs(now.getTime() - this.#countedAt.getTime()) < everyMs) return;
    await this.store.countDeaths(this.kind, now, pausesAfterDeathMs);
    this.#countedAt = now;
  }
}
