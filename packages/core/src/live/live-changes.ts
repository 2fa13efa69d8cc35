import type { LiveTopic } from '@halyard/contracts/live/routes';
import type { OrgId } from '../ids.js';
import type { Marks } from './marks.js';
import { topicsBetween } from './marks.js';

export interface MarkStore {
  /** A few look-ups by index, however much there is. */
  read(orgId: OrgId): Promise<Marks>;
}

type Listener = (topics: ReadonlySet<LiveTopic>) => void;

interface Watched {
  listeners: Set<Listener>;
  /** The last look; who begins to listen waits for it, so that no change after that goes unheard. */
  seen: Promise<Marks>;
}

/**
 * Tells what changes in the organizations that somebody watches in this process, by looking at each of them every now and
 * then: whatever process changed it, writers have nothing to do for it, and nobody watching costs nothing. Changes between
 * two looks are one hint.
 */
export class LiveChanges {
  readonly #watched = new Map<OrgId, Watched>();

  constructor(
    private readonly store: MarkStore,
    private readonly failed: (orgId: OrgId, error: unknown) => void,
    private readonly everyMs = 1_500,
  ) {}

  /** Resolves when the first look is done: every change that is committed later is told. Returns how to stop. */
  async watch(orgId: OrgId, listener: Listener): Promise<() => void> {
    const watched = this.#watched.get(orgId) ?? this.#begin(orgId);
    watched.listeners.add(listener);
    const stop = () => {
      watched.listeners.delete(listener);
      if (watched.listeners.size === 0 && this.#watched.get(orgId) === watched) this.#watched.delete(orgId);
    };
    await watched.seen.catch((error: unknown) => {
      stop();
      throw error;
    });
    return stop;
  }

  #begin(orgId: OrgId): Watched {
    const watched: Watched = { listeners: new Set(), seen: this.store.read(orgId) };
    this.#watched.set(orgId, watched);
    watched.seen.then(
      () => this.#lookLater(orgId, watched),
      () => this.#watched.delete(orgId),
    );
    return watched;
  }

  #lookLater(orgId: OrgId, watched: Watched): void {
    setTimeout(() => void this.#look(orgId, watched), this.everyMs).unref();
  }

  async #look(orgId: OrgId, watched: Watched): Promise<void> {
    if (this.#watched.get(orgId) !== watched) return;
    try {
      const before = await watched.seen;
      const after = await this.store.read(orgId);
      watched.seen = Promise.resolve(after);
      const topics = topicsBetween(before, after);
      if (topics.size > 0) for (const listener of watched.listeners) listener(topics);
    } catch (error) {
      if (this.#watched.get(orgId) === watched) this.failed(orgId, error);
    }
    this.#lookLater(orgId, watched);
  }
}
