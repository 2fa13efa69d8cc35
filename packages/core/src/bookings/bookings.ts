import type {
  Booking,
  BookingInput,
  BookingPatch,
  BookingQuery,
  ListedBooking,
  Reschedule,
} from '@halyard/contracts/bookings/routes';
import { crashPoint } from '#crash-point';
import type { Actor } from '../actor.js';
import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import { notFound } from '../domain-error.js';
import type { BookingId, OrgId } from '../ids.js';
import type { Page } from '../page.js';
import type { BookingChange } from './transitions.js';

/** Who changes a booking, and when. */
export interface Change {
  actor: Actor;
  now: Date;
}

/**
 * What bookings need of the database. A change is one transaction: the booking with its next revision, its event, the
 * audit line and what the outside is told; the booking is locked before the transition is computed.
 */
export interface BookingStore {
  list(orgId: OrgId, query: BookingQuery): Promise<Page<ListedBooking>>;
  find(orgId: OrgId, id: BookingId): Promise<ListedBooking | null>;
  /** Creates it, or applies what is new to the booking with this external id. */
  put(orgId: OrgId, input: BookingInput, by: Change): Promise<Booking>;
  /** Changes attributes and product; the product is looked up by id or key. */
  update(orgId: OrgId, id: BookingId, patch: BookingPatch, by: Change): Promise<Booking | null>;
  change(orgId: OrgId, id: BookingId, change: BookingChange, by: Change): Promise<Booking | null>;
}

/** Bookings of products by contacts. What follows from a change is decided by the loop that reads its event. */
export class Bookings {
  constructor(
    private readonly store: BookingStore,
    private readonly clock: Clock,
    private readonly wakeups: Wakeups,
  ) {}

  list(orgId: OrgId, query: BookingQuery): Promise<Page<ListedBooking>> {
    return this.store.list(orgId, query);
  }

  async read(orgId: OrgId, id: BookingId): Promise<ListedBooking> {
    return found(await this.store.find(orgId, id));
  }

  async create(orgId: OrgId, input: BookingInput, actor: Actor): Promise<Booking> {
    return this.#told(await this.store.put(orgId, input, this.#by(actor)));
  }

  async update(orgId: OrgId, id: BookingId, patch: BookingPatch, actor: Actor): Promise<Booking> {
    return this.#told(await this.store.update(orgId, id, patch, this.#by(actor)));
  }

  reschedule(orgId: OrgId, id: BookingId, to: Reschedule, actor: Actor): Promise<Booking> {
    const change = {
      kind: 'reschedule',
      startsAt: to.starts_at,
      endsAt: to.ends_at,
      timeZone: to.time_zone,
    } as const;
    return this.#change(orgId, id, change, actor);
  }

  cancel(orgId: OrgId, id: BookingId, reason: string | undefined, actor: Actor): Promise<Booking> {
    return this.#change(orgId, id, { kind: 'cancel', reason }, actor);
  }

  checkIn(orgId: OrgId, id: BookingId, actor: Actor): Promise<Booking> {
    return this.#change(orgId, id, { kind: 'check_in' }, actor);
  }

  complete(orgId: OrgId, id: BookingId, actor: Actor): Promise<Booking> {
    return this.#change(orgId, id, { kind: 'complete' }, actor);
  }

  async #change(orgId: OrgId, id: BookingId, change: BookingChange, actor: Actor): Promise<Booking> {
    return this.#told(await this.store.change(orgId, id, change, this.#by(actor)));
  }

  #by(actor: Actor): Change {
    return { actor, now: this.clock.now() };
  }

  #told(booking: Booking | null): Booking {
    const changed = found(booking);
    crashPoint('booking-recorded');
    this.wakeups.poke('events');
    this.wakeups.poke('outbox');
    return changed;
  }
}

function found<Found extends Booking>(booking: Found | null): Found {
  if (!booking) throw notFound('booking');
  return booking;
}
