import { crashPoint } from '#crash-point';
import type { Round, Wakeups, WorkKind } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import type { Ids } from '../ids.js';
import { StoreUnavailable } from '../store-unavailable.js';
import type { Watch } from '../watch.js';
import { wokenBy } from './consequences.js';
import { Deaths } from './deaths.js';
import { decideEvents } from './decide-events.js';
import type { Consequences, DecideSession, DecideStore, PendingEvent } from './decide-store.js';
import { Decided } from './decided.js';
import { DecisionTraces } from './decision-traces.js';
import { describe, diedOf, maxTries, retryAt } from './retry.js';
import { tellDecided, tellUndecided } from './tell-decided.js';
import type { Deciding } from './work.js';

/**
 * Decides what follows from events. A batch is one transaction: it claims the events, writes every consequence and takes
 * the events out of the queue, or does none of it. Events of one contact are decided in the order they were recorded;
 * an event that cannot be decided holds up its contact alone, and after the last try only itself.
 */
export class DecideLoop {
  readonly #deaths: Deaths;

  constructor(
    private readonly store: DecideStore,
    private readonly clock: Clock,
    private readonly newId: Ids,
    private readonly wakeups: Wakeups,
    private readonly watch?: Watch,
  ) {
    this.#deaths = new Deaths(store, 'events');
  }

  async round(limit: number): Promise<Round> {
    const now = this.clock.now();
    await this.#deaths.count(now);
    let claimed: PendingEvent[] = [];
    let suspects: PendingEvent[] = [];
    const decided = await this.store
      .transaction(async (session) => {
        claimed = await session.claims.events(limit, now);
        suspects = suspectsOf(claimed);
        const others = claimed.filter((one) => !suspects.includes(one));
        await begin(session, others);
        if (others.length) crashPoint('events-claimed');
        return this.#decide(session, others, now);
      })
      .catch((error: unknown) => {
        if (claimed.length === 0 || error instanceof StoreUnavailable) throw error;
        suspects = claimed;
        return new Decided();
      });
    decided.tell();
    decided.wake(await this.#apart(suspects, now));
    if (claimed.length) crashPoint('decisions-committed');
    // What was told of runs is mostly for the record. This loop looks in a moment, out of the way of the messages it planned.
    const hasTold = decided.woken.delete('events');
    for (const kind of decided.woken) this.wakeups.poke(kind);
    if (mayHaveLeft(claimed, limit)) return { claimed: claimed.length, nextDueAt: now };
    const nextDueAt = await this.store.nextDue('events', now);
    const told = hasTold ? new Date(now.getTime() + toldMs) : null;
    return {
      claimed: claimed.length,
      nextDueAt: told && (!nextDueAt || told < nextDueAt) ? told : nextDueAt,
    };
  }

  /** Wave after wave: the first event of each contact, then the second … */
  async #decide(session: DecideSession, pending: readonly PendingEvent[], now: Date): Promise<Decided> {
    const decided = new Decided();
    for (const wave of wavesOf(pending)) {
      await session.claims.settle(wave); // first: what is recorded now waits behind what still waits, not behind these
      const consequences = await this.#decideWave(session, wave, now);
      decided.wake(wokenBy(consequences, now));
      const { watch } = this;
      if (watch) decided.afterwards(() => tellDecided(watch.log, wave, consequences));
    }
    if (pending.length) crashPoint('events-decided');
    return decided;
  }

  async #decideWave(session: DecideSession, wave: PendingEvent[], now: Date): Promise<Consequences> {
    const deciding: Deciding = { world: session.world, now, newId: this.newId };
    const traces = this.watch && new DecisionTraces(this.watch.tracing);
    const decide = async () => {
      const consequences = await decideEvents(wave, traces ? { ...deciding, traceOf: traces.of } : deciding);
      await session.write(consequences, now);
      return consequences;
    };
    if (!this.watch || !traces) return decide();
    for (const one of wave) traces.decide(one);
    return traces.around(decide);
  }

  /** What failed together is tried one by one, so that only the event at fault waits; what follows it, waits for it. */
  async #apart(claimed: readonly PendingEvent[], now: Date): Promise<Set<WorkKind>> {
    const woken = new Set<WorkKind>();
    const byContact = Map.groupBy(claimed, ({ orgId, event }) => `${orgId}/${event.contactId ?? event.id}`);
    for (const events of byContact.values())
      for (const pending of events) {
        const kinds = await this.#alone(pending, now);
        if (!kinds) break;
        for (const kind of kinds) woken.add(kind);
      }
    return woken;
  }

  /** Null when it failed again, or when somebody else has its contact: then the events after it wait as well. */
  async #alone(pending: PendingEvent, now: Date): Promise<Set<WorkKind> | null> {
    if (pending.tries >= maxTries) {
      await this.store.eventFailed(pending, diedOf, null, pending.tries);
      return null;
    }
    try {
      const decided = await this.store.transaction(async (session) => {
        const again = await session.claims.event(pending.orgId, pending.event.id);
        await begin(session, again);
        if (again.length) crashPoint('suspect-claimed');
        return again.length ? this.#decide(session, again, now) : null;
      });
      decided?.tell();
      return decided?.woken ?? null;
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      const again = retryAt(pending.tries, now);
      if (this.watch) tellUndecided(this.watch, pending, error, again);
      await this.store.eventFailed(pending, describe(error), again);
      return null;
    }
  }
}

/** How long what this loop itself recorded waits for it. */
const toldMs = 20;

/** A round takes only so many events of one contact, though always more than one: what it left is found by the next. */
const mayHaveLeft = (claimed: readonly PendingEvent[], limit: number): boolean =>
  claimed.length >= limit || wavesOf(claimed).length > 1;

/** Events that were tried before, and all others of their contacts, which come after them. */
function suspectsOf(claimed: readonly PendingEvent[]): PendingEvent[] {
  const contacts = new Set(claimed.filter(({ tries }) => tries > 0).map(({ event }) => event.contactId));
  return claimed.filter(
    ({ tries, event }) => tries > 0 || (event.contactId !== null && contacts.has(event.contactId)),
  );
}

const begin = async (session: DecideSession, events: readonly PendingEvent[]): Promise<void> => {
  if (events.length)
    await session.begin(
      'events',
      events.map(({ orgId, event }) => ({ orgId, id: event.id })),
    );
};

/** The first events of all contacts, then the second ones, and so on; events about nobody go with the first. */
function wavesOf(pending: readonly PendingEvent[]): PendingEvent[][] {
  const waves: PendingEvent[][] = [];
  const seen = new Map<string, number>();
  for (const one of pending) {
    const contact = one.event.contactId ? `${one.orgId}/${one.event.contactId}` : one.event.id;
    const n = seen.get(contact) ?? 0;
    seen.set(contact, n + 1);
    const wave = waves[n];
    if (wave) wave.push(one);
    else waves[n] = [one];
  }
  return waves;
}
