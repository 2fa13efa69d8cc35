import type { Event, EventInput } from '@halyard/contracts/events/event';
import type { EventQuery } from '@halyard/contracts/events/routes';
import type { ProblemCode } from '@halyard/contracts/problems';
import { crashPoint } from '#crash-point';
import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import type { Issue } from '../domain-error.js';
import { DomainError, notFound } from '../domain-error.js';
import type { ContactId, EventId, OrgId } from '../ids.js';
import type { Page, PageRequest } from '../page.js';
import { Gathering } from './gathering.js';

/** What became of one event of a batch. */
export type Receipt =
  | { kind: 'recorded'; id: EventId; contactId: ContactId | null; duplicate: boolean }
  | { kind: 'refused'; code: ProblemCode; detail: string; issues: readonly Issue[] };

/** What events need of the database. */
export interface EventStore {
  /** Whether what is recorded now is committed with more of its request, such as the answer that an Idempotency-Key keeps. */
  isSurrounded(): boolean;
  /** Records events of one organization in one transaction, each accepted or refused by itself, in the order given. */
  record(orgId: OrgId, events: readonly EventInput[], now: Date): Promise<Receipt[]>;
  list(orgId: OrgId, query: EventQuery): Promise<Page<Event>>;
  /** Null when there is no such contact. */
  timeline(orgId: OrgId, contactId: ContactId, page: PageRequest): Promise<Page<Event> | null>;
}

/** Events that others send: stored and acknowledged here, decided by a loop. */
export class Events {
  readonly #singles: Gathering<OrgId, EventInput, Receipt>;

  constructor(
    private readonly store: EventStore,
    private readonly clock: Clock,
    private readonly wakeups: Wakeups,
  ) {
    this.#singles = new Gathering((orgId, inputs) => this.recordAll(orgId, inputs));
  }

  /** Records one event. Calls that come close together share a transaction; each gets its own answer. */
  async record(orgId: OrgId, input: EventInput): Promise<Extract<Receipt, { kind: 'recorded' }>> {
    // In a request's own transaction nobody else's event may be, nor this one in another's: each is acknowledged when its
    // own request is committed.
    const [receipt] = this.store.isSurrounded()
      ? await this.recordAll(orgId, [input])
      : [await this.#singles.add(orgId, input)];
    if (!receipt) throw new Error('An event was recorded without an answer.');
    if (receipt.kind === 'refused') throw new DomainError(receipt.code, receipt.detail, receipt.issues);
    return receipt;
  }

  async recordAll(orgId: OrgId, inputs: readonly EventInput[]): Promise<Receipt[]> {
    const receipts = await this.store.record(orgId, inputs, this.clock.now());
    crashPoint('event-recorded');
    this.wakeups.poke('events');
    return receipts;
  }

  list(orgId: OrgId, query: EventQuery): Promise<Page<Event>> {
    return this.store.list(orgId, query);
  }

  async timeline(orgId: OrgId, contactId: ContactId, page: PageRequest): Promise<Page<Event>> {
    const events = await this.store.timeline(orgId, contactId, page);
    if (!events) throw notFound('contact');
    return events;
  }
}
