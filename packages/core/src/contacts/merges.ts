import type { Merge } from '@halyard/contracts/contacts/routes';
import type { Actor } from '../actor.js';
import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import { DomainError, notFound } from '../domain-error.js';
import type { ContactId, Id, OrgId } from '../ids.js';
import type { Change } from './contacts.js';

export type MergeId = Id<'merge'>;

/** What merges need of the database. Each call is one tenant transaction with its events, audit and webhooks. */
export interface MergeStore {
  list(orgId: OrgId, contactId: ContactId): Promise<Merge[]>;
  merge(orgId: OrgId, winnerId: ContactId, loserId: ContactId, change: Change): Promise<Merge>;
  undo(orgId: OrgId, id: MergeId, change: Change): Promise<Merge | null>;
}

/** Two records of one person become one, and two again when that was wrong. */
export class Merges {
  constructor(
    private readonly store: MergeStore,
    private readonly wakeups: Wakeups,
    private readonly clock: Clock,
  ) {}

  list(orgId: OrgId, contactId: ContactId): Promise<Merge[]> {
    return this.store.list(orgId, contactId);
  }

  async merge(orgId: OrgId, winnerId: ContactId, loserId: ContactId, actor: Actor): Promise<Merge> {
    if (winnerId === loserId)
      throw new DomainError('invalid_request', 'A contact cannot be merged with itself: name another one.', [
        { path: 'body.other_id', message: 'is the contact itself' },
      ]);
    const merge = await this.store.merge(orgId, winnerId, loserId, { actor, at: this.clock.now() });
    this.#told();
    return merge;
  }

  async undo(orgId: OrgId, id: MergeId, actor: Actor): Promise<Merge> {
    const merge = await this.store.undo(orgId, id, { actor, at: this.clock.now() });
    if (!merge) throw notFound('merge');
    this.#told();
    return merge;
  }

  #told(): void {
    this.wakeups.poke('events');
    this.wakeups.poke('outbox');
  }
}
