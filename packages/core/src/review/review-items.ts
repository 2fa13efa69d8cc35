import type { ReviewCounts, ReviewItem, ReviewKind, ReviewQuery } from '@halyard/contracts/review/routes';
import type { Actor, AuditEntry } from '../actor.js';
import type { Wakeups, WorkKind } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import { DomainError, notFound } from '../domain-error.js';
import type { Id, OrgId } from '../ids.js';
import type { Page } from '../page.js';
import type { TakeInput } from './quarantine.js';

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
  counts(orgId: OrgId): Promise<ReviewCounts>;
  find(orgId: OrgId, id: ReviewItemId): Promise<ReviewItem | null>;
  /** Puts what the item is about back to work, and closes the item. */
  replay(
    orgId: OrgId,
    id: ReviewItemId,
    by: { confirmed: boolean; now: Date },
    audit: AuditEntry,
  ): Promise<Replayed | null>;
  resolve(orgId: OrgId, id: ReviewItemId, now: Date, audit: AuditEntry): Promise<Replayed | null>;
  /** Notes that a quarantined input was taken after all, also when taking it closed the item. */
  taken(orgId: OrgId, id: ReviewItemId, now: Date, audit: AuditEntry): Promise<ReviewItem>;
}

/** How a person lets something be tried again. `payload`: a quarantined input, mended. */
interface Again {
  confirmed: boolean;
  payload?: Record<string, unknown> | undefined;
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
    /** Who takes quarantined inputs, by the type of their subject. */
    private readonly inputs: Readonly<Record<string, TakeInput>>,
    private readonly batch = 1_000,
  ) {}

  list(orgId: OrgId, query: ReviewQuery): Promise<Page<ReviewItem>> {
    return this.store.list(orgId, query);
  }

  counts(orgId: OrgId): Promise<ReviewCounts> {
    return this.store.counts(orgId);
  }

  async read(orgId: OrgId, id: ReviewItemId): Promise<ReviewItem> {
    const item = await this.store.find(orgId, id);
    if (!item) throw notFound('review item');
    return item;
  }

  async replay(orgId: OrgId, id: ReviewItemId, again: Again, actor: Actor): Promise<ReviewItem> {
    const item =
      (await this.#take(orgId, id, again, actor)) ?? done(await this.#replay(orgId, id, again, actor));
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
    for (const id of ids) if (await this.#isReplayed(orgId, kind, id, confirmed, actor)) replayed += 1;
    this.#wake(kind);
    const remaining = total - ids.length;
    const next_cursor = remaining > 0 ? (ids.at(-1) ?? null) : null;
    return { replayed, refused: ids.length - replayed, remaining, next_cursor };
  }

  async resolve(orgId: OrgId, id: ReviewItemId, actor: Actor): Promise<ReviewItem> {
    return done(await this.store.resolve(orgId, id, this.clock.now(), entry(actor, 'resolved', id)));
  }

  async #isReplayed(
    orgId: OrgId,
    kind: ReviewKind,
    id: ReviewItemId,
    confirmed: boolean,
    actor: Actor,
  ): Promise<boolean> {
    if (kind !== 'quarantined_input')
      return (await this.#replay(orgId, id, { confirmed }, actor))?.kind === 'replayed';
    try {
      return (await this.#take(orgId, id, { confirmed }, actor)) !== null;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  }

  /**
   * Hands a quarantined input to whoever takes it, which has a transaction of its own: a process that dies in between
   * leaves the item open, and to take the same input twice changes nothing. Null for all other items.
   */
  async #take(orgId: OrgId, id: ReviewItemId, again: Again, actor: Actor): Promise<ReviewItem | null> {
    const item = await this.store.find(orgId, id);
    const take = item?.kind === 'quarantined_input' && this.inputs[item.subject.type];
    if (!take || item.status !== 'open') return null;
    const refused = await take(orgId, again.payload ?? item.detail.input);
    if (refused) throw refused;
    const audit = { ...entry(actor, 'replayed', id), changes: { mended: again.payload !== undefined } };
    return this.store.taken(orgId, id, this.clock.now(), audit);
  }

  #replay(orgId: OrgId, id: ReviewItemId, { confirmed }: Again, actor: Actor): Promise<Replayed | null> {
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
