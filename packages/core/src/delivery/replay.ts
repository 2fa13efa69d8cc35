import type { Actor } from '../actor.js';
import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import { DomainError, notFound } from '../domain-error.js';
import type { Id, OrgId } from '../ids.js';

export type ReviewItemId = Id<'review_item'>;
export type ReplayableKind = 'dead_message' | 'unknown_message';

/** What replaying needs of the database. Each call is one tenant transaction, with its audit line. */
export interface ReplayStore {
  /** Schedules the item's message anew, for a fresh release with all its checks. */
  replay(
    orgId: OrgId,
    id: ReviewItemId,
    actor: Actor,
    now: Date,
  ): Promise<'replayed' | 'missing' | 'not_open' | 'not_replayable'>;
  /** The same for up to `limit` open items of a kind, oldest first. Returns how many. */
  replayAll(orgId: OrgId, kind: ReplayableKind, actor: Actor, now: Date, limit: number): Promise<number>;
}

const batch = 500;

/**
 * Sends dead messages anew when what killed them is mended; and, by a person's decision alone, a message of which nobody
 * knows whether it arrived.
 */
export class Replay {
  constructor(
    private readonly store: ReplayStore,
    private readonly wakeups: Wakeups,
    private readonly clock: Clock,
  ) {}

  async one(orgId: OrgId, id: ReviewItemId, actor: Actor): Promise<void> {
    const result = await this.store.replay(orgId, id, actor, this.clock.now());
    if (result === 'missing') throw notFound('review item');
    if (result === 'not_open') throw new DomainError('invalid_state', 'This item is closed already.');
    if (result === 'not_replayable')
      throw new DomainError('invalid_state', 'Only messages that are dead or unknown can be sent anew.');
    this.wakeups.poke('messages');
  }

  /** All open dead messages. Those whose fate is unknown are replayed one by one only, as each may arrive twice. */
  async allDead(orgId: OrgId, actor: Actor): Promise<{ replayed: number }> {
    let replayed = 0;
    for (;;) {
      const some = await this.store.replayAll(orgId, 'dead_message', actor, this.clock.now(), batch);
      replayed += some;
      if (some > 0) this.wakeups.poke('messages');
      if (some < batch) return { replayed };
    }
  }
}
