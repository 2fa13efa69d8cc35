import type { GivenEvent, InventedContact } from '@halyard/contracts/simulate/routes';
import type { BookingDefaults } from '../bookings/new-booking.js';
import { newBooking } from '../bookings/new-booking.js';
import type { BookingChange, BookingState, Transition } from '../bookings/transitions.js';
import { applyChange, differences } from '../bookings/transitions.js';
import { normalizeAddress } from '../contacts/address.js';
import { DomainError } from '../domain-error.js';
import type { ContactId, EventId, Ids } from '../ids.js';
import { bookingFacts, bookingOf } from './booking-facts.js';
import { GivenEnrollments } from './given-enrollments.js';
import type { SimulatedContact, SimulatedInput, StartingPoint, Tree } from './starting-point.js';

/** Invented people as the database would have them, by their keys. */
export function inventedContacts(
  given: readonly InventedContact[],
  newId: Ids,
  from: Date,
): Map<string, SimulatedContact> {
  return new Map(given.map((one) => [one.key, invented(one, newId<ContactId>(), from)]));
}

function invented(given: InventedContact, id: ContactId, from: Date): SimulatedContact {
  const { key, email, phone, consents, ...fields } = given;
  const addresses = Object.entries({ email, phone }).flatMap(([kind, address]) => {
    if (!address) return [];
    const normalized = normalizeAddress(kind as 'email' | 'phone', address, given.country ?? null);
    if (!normalized.ok) throw new DomainError('invalid_request', `${key}: ${normalized.reason}`);
    return [[kind, normalized.address] as const];
  });
  const missing = { first_name: null, last_name: null, locale: null, time_zone: null, country: null };
  return {
    id,
    facts: {
      ...Object.fromEntries(addresses),
      ...missing,
      preferred_channel: null,
      external_id: null,
      erased_at: null,
      ...fields,
      id,
      identities: Object.fromEntries(addresses.map(([kind, address]) => [kind, [address]])),
    },
    consents: consents.map((channel, seq) => {
      const line = { id: `${id}-${seq}`, channel, topic: '*', state: 'granted', seq } as const;
      return { ...line, occurredAt: from };
    }),
    suppressed: new Map(),
    released: [],
  };
}

/** Given events in the order of time, with what they change of bookings and enrollments, by the very transitions of production. */
export class GivenEvents {
  readonly #bookings = new Map<string, BookingState>();
  readonly #enrollments: GivenEnrollments;

  constructor(
    private readonly start: Pick<
      StartingPoint,
      'contacts' | 'bookings' | 'enrollments' | 'courses' | 'products' | 'organization'
    >,
    private readonly byKey: ReadonlyMap<string, SimulatedContact>,
    private readonly newId: Ids,
  ) {
    this.#enrollments = new GivenEnrollments(start.courses, start.enrollments, newId);
    for (const [id, row] of start.bookings) this.#bookings.set(id, bookingOf(row));
  }

  toInputs(given: readonly GivenEvent[]): SimulatedInput[] {
    return given
      .map((event, n) => ({ event, n, at: new Date(event.at) }))
      .sort((a, b) => a.at.getTime() - b.at.getTime() || a.n - b.n)
      .flatMap(({ event, n, at }) => this.#inputOf(event, n, at));
  }

  #inputOf(given: GivenEvent, n: number, at: Date): SimulatedInput[] {
    const contactId = (this.byKey.get(given.contact)?.id ?? given.contact) as ContactId;
    if (!this.byKey.has(given.contact) && !this.start.contacts.has(contactId))
      throw refused(
        n,
        'contact',
        `There is no contact "${given.contact}": name one of \`contacts\`, or an id.`,
      );
    const { enrollment } = given;
    if (enrollment)
      return taken(n, 'enrollment', () => this.#enrollments.inputsOf(given.type, enrollment, contactId, at));
    const base = { id: this.newId<EventId>(), contactId, occurredAt: at };
    if (!given.booking) {
      const subject = given.subject ?? null;
      return [{ at, event: { ...base, type: given.type, subject, payload: given.payload } }];
    }
    const { id } = given.booking;
    const before = this.#bookings.get(id) ?? null;
    const transition = this.#transition(given, n, before, contactId, at);
    if (!transition) return [];
    const { booking, event: type } = transition;
    this.#bookings.set(id, booking);
    const payload = {
      booking_id: id,
      external_id: booking.external_id,
      revision: booking.revision,
      changes: differences(before, booking),
    };
    const set = bookingFacts(booking, before === null ? at : null, at);
    return [
      { at, event: { ...base, type, subject: { type: 'booking', id }, payload }, booking: { id, set } },
    ];
  }

  #transition(
    given: GivenEvent,
    n: number,
    before: BookingState | null,
    contactId: ContactId,
    at: Date,
  ): Transition {
    return taken(n, 'booking', () => {
      if (given.type === 'booking.created') {
        if (before) throw new DomainError('invalid_request', `Booking ${before.id} is there already.`);
        return { booking: this.#new(given, contactId), event: 'booking.created' };
      }
      if (!before) throw new DomainError('invalid_request', `There is no booking ${given.booking?.id} yet.`);
      return applyChange(before, changeOf(given), at);
    });
  }

  #new({ booking }: GivenEvent, contactId: ContactId): BookingState {
    if (!booking) throw new Error('An event of a booking was parsed without its booking.');
    const product = [...this.start.products.values()].find(({ key }) => key === booking.product_key);
    if (booking.product_key !== undefined && !product)
      throw new DomainError('invalid_request', `There is no product ${booking.product_key}.`);
    const { starts_at, ends_at, time_zone, attributes } = booking;
    const input = { starts_at, ends_at, time_zone, attributes } as Parameters<typeof newBooking>[2];
    return newBooking(booking.id, contactId, input, defaultsOf(product, this.start.organization.timeZone));
  }
}

function changeOf({ type, booking }: GivenEvent): BookingChange {
  switch (type) {
    case 'booking.cancelled':
      return { kind: 'cancel' };
    case 'booking.checked_in':
      return { kind: 'check_in' };
    case 'booking.completed':
      return { kind: 'complete' };
    case 'booking.changed':
      return { kind: 'update', attributes: booking?.attributes };
    case 'booking.rescheduled': {
      if (!booking?.starts_at)
        throw new DomainError('invalid_request', 'Say when the booking starts now: starts_at.');
      return {
        kind: 'reschedule',
        startsAt: booking.starts_at,
        endsAt: booking.ends_at,
        timeZone: booking.time_zone,
      };
    }
    default:
      throw new DomainError('invalid_request', `Nothing called ${type} happens to a booking.`);
  }
}

function defaultsOf(product: Tree | undefined, organizationZone: string): BookingDefaults {
  const dateOf = (value: unknown) => (typeof value === 'string' ? new Date(value) : null);
  return {
    productId: typeof product?.id === 'string' ? product.id : null,
    startsAt: dateOf(product?.starts_at),
    endsAt: dateOf(product?.ends_at),
    timeZone: typeof product?.time_zone === 'string' ? product.time_zone : organizationZone,
  };
}

/** What an event does; a refusal names the event and the field. */
function taken<T>(n: number, field: string, take: () => T): T {
  try {
    return take();
  } catch (error) {
    if (error instanceof DomainError) throw refused(n, field, error.message);
    throw error;
  }
}

const refused = (n: number, field: string, message: string): DomainError =>
  new DomainError('invalid_request', message, [{ path: `body.events.${n}.${field}`, message }]);
