import type { ReviewItem, ReviewKind, ReviewQuery } from '@halyard/contracts/review/routes';
import type { Actor, AuditEntry } from '../actor.js';
import type { Wakeups, WorkKind } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import { DomainError, notFound } from '../domain-error.js';
import type { Id, OrgId } from '../ids.js';
import type { Page } from '../page.js';

export type ReviewItemId = Id<'review_item'>;

/** What became of trying something again. */
export type Replayed = { kind: 'replayed'; item: ReviewItem } | { kind: 'refused'; reason: string };

/** What review items need of the database. Each call is one tenant transaction; `audit` is written in it. */
export interface ReviewStore {
  list(orgId: OrgId, query: ReviewQuery): Promise<Page<ReviewItem>>;
  /** Open items of a kind, oldest first; those after one, when it is given. */
  open(
    orgId: OrgId,
    kind: ReviewKind,
    after: ReviewItemId | null,
    limit: number,
  ): Promise<{ ids: ReviewItemId[]; total: number }>;
  /** Puts what the item is about back to work, and closes the item. */
  replay(
    orgId: OrgId,
    id: ReviewItemId,
    by: { confirmed: boolean; now: Date },
    audit: AuditEntry,
  ): Promise<Replayed | null>;
  resolve(orgId: OrgId, id: ReviewItemId, now: Date, audit: AuditEntry): Promise<Replayed | null>;
}

/** Which loop takes what was replayed. */
const loops: Partial<Record<ReviewKind, WorkKind>> = {
  dead_message: 'messages',
  unknown_message: 'messages',
  failed_event: 'events',
  failed_run: 'runs',
  failed_delivery: 'outbox',
};

/** What the loops could not finish by themselves: a person tries it again, or leaves it. */
export class ReviewItems {
  constructor(
    private readonly store: ReviewStore,
    private readonly wakeups: Wakeups,
    private readonly clock: Clock,
    private readonly batch = 1_000,
  ) {}

  list(orgId: OrgId, query: ReviewQuery): Promise<Page<ReviewItem>> {
    return this.store.list(orgId, query);
  }

  async replay(orgId: OrgId, id: ReviewItemId, confirmed: boolean, actor: Actor): Promise<ReviewItem> {
    const item = done(await this.#replay(orgId, id, confirmed, actor));
    this.#wake(item.kind);
    return item;
  }

  /** Each by itself: one that is refused does not keep the others. `after`: the last one that was looked at before. */
  async replayAll(
    orgId: OrgId,
    kind: ReviewKind,
    { confirmed, after }: { confirmed: boolean; after: ReviewItemId | null },
    actor: Actor,
  ) {
    const { ids, total } = await this.store.open(orgId, kind, after, this.batch);
    let replayed = 0;
    for (const id of ids)
      if ((await this.#replay(orgId, id, confirmed, actor))?.kind === 'replayed') replayed += 1;
    this.#wake(kind);
    const remaining = total - ids.length;
    const next_cursor = remaining > 0 ? (ids.at(-1) ?? null) : null;
    return { replayed, refused: ids.length - replayed, remaining, next_cursor };
  }

  async resolve(orgId: OrgId, id: ReviewItemId, actor: Actor): Promise<ReviewItem> {
    return done(await this.store.resolve(orgId, id, this.clock.now(), entry(actor, 'resolved', id)));
  }

  #replay(orgId: OrgId, id: ReviewItemId, confirmed: boolean, actor: Actor): Promise<Replayed | null> {
    const audit = { ...entry(actor, 'replayed', id), changes: { confirmed } };
    return this.store.replay(orgId, id, { confirmed, now: this.clock.now() }, audit);
  }

  #wake(kind: ReviewKind): void {
    const loop = loops[kind];
    if (loop) this.wakeups.poke(loop);
  }
}

function done(result: Replayed | null): ReviewItem {
  if (!result) throw notFound('review item');
  if (result.kind === 'refused') throw new DomainError('invalid_state', result.reason);
  return result.item;
}

const entry = (actor: Actor, verb: string, id: ReviewItemId): AuditEntry => ({
  actor,
  action: `review_item.${verb}`,
  target: { type: 'review_item', id },
});
