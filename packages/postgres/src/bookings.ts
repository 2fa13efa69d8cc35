import type {
  Booking,
  BookingInput,
  BookingPatch,
  BookingQuery,
  ListedBooking,
} from '@halyard/contracts/bookings/routes';
import type { BookingStore, Change } from '@halyard/core/bookings/bookings';
import { changesOf, newBooking } from '@halyard/core/bookings/new-booking';
import type { BookingChange, BookingEventType, BookingState } from '@halyard/core/bookings/transitions';
import { applyChange } from '@halyard/core/bookings/transitions';
import { DomainError } from '@halyard/core/domain-error';
import type { BookingId, Ids, OrgId } from '@halyard/core/ids';
import type { Page } from '@halyard/core/page';
import { sql } from 'kysely';
import { appendAudit } from './audit.js';
import { bookingDefaults } from './booking-defaults.js';
import { tellBookings, toBooking } from './booking-rows.js';
import { resolveContact } from './contact-references.js';
import type { Database, Tx } from './database.js';
import { listBookings, named, toListed } from './list-bookings.js';
import { planned } from './plan-once.js';
import { ahead } from './send-ahead.js';

/** Locks are taken in this order: external id, contact, product, booking, and at the commit the audit log's. */
export class PgBookingStore implements BookingStore {
  constructor(
    private readonly database: Database,
    private readonly newId: Ids,
  ) {}

  list(orgId: OrgId, query: BookingQuery): Promise<Page<ListedBooking>> {
    return this.database.forOrg(orgId, (tx) => listBookings(tx, orgId, query));
  }

  find(orgId: OrgId, id: BookingId): Promise<ListedBooking | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await select(tx, orgId).select(named).where('id', '=', id).executeTakeFirst();
      return row ? toListed(row) : null;
    });
  }

  put(orgId: OrgId, input: BookingInput, by: Change): Promise<Booking> {
    return this.database.forOrg(orgId, async (tx) => {
      if (input.external_id) await lockExternalId(tx, orgId, input.external_id);
      const reference = { id: input.contact_id, contact: input.contact, create: true };
      const contactId = await resolveContact(tx, orgId, reference, by.now);
      const defaults = await bookingDefaults(tx, orgId, input);
      const there = input.external_id
        ? await select(tx, orgId).where('external_id', '=', input.external_id).forUpdate().executeTakeFirst()
        : undefined;
      if (!there) return this.#insert(tx, orgId, newBooking(this.newId(), contactId, input, defaults), by);
      if (there.contact_id !== contactId) throw belongsToAnother();
      let booking = toBooking(there);
      for (const change of changesOf(booking, input, defaults))
        booking = await this.#apply(tx, orgId, booking, change, by);
      return booking;
    });
  }

  update(orgId: OrgId, id: BookingId, patch: BookingPatch, by: Change): Promise<Booking | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const named = patch.product_id !== undefined || patch.product_key !== undefined;
      const productId = named ? (await bookingDefaults(tx, orgId, patch)).productId : undefined;
      const change = { kind: 'update', productId, attributes: patch.attributes } as const;
      return this.#changeLocked(tx, orgId, id, change, by);
    });
  }

  change(orgId: OrgId, id: BookingId, change: BookingChange, by: Change): Promise<Booking | null> {
    return this.database.forOrg(orgId, (tx) => this.#changeLocked(tx, orgId, id, change, by));
  }

  async #changeLocked(
    tx: Tx,
    orgId: OrgId,
    id: BookingId,
    change: BookingChange,
    by: Change,
  ): Promise<Booking | null> {
    const row = await select(tx, orgId).where('id', '=', id).forUpdate().executeTakeFirst();
    return row ? this.#apply(tx, orgId, toBooking(row), change, by) : null;
  }

  async #insert(tx: Tx, orgId: OrgId, state: BookingState, by: Change): Promise<Booking> {
    await sql`${ahead}${planned}
      insert into bookings (org_id, id, external_id, contact_id, product_id, status, starts_at, ends_at, time_zone,
        attributes, revision, created_at, updated_at)
      values (${orgId}, ${state.id}, ${state.external_id}, ${state.contact_id}, ${state.product_id}, ${state.status},
        ${state.starts_at}, ${state.ends_at}, ${state.time_zone}, ${JSON.stringify(state.attributes)},
        ${state.revision}, ${by.now}, ${by.now})`.execute(tx);
    await this.#tell(tx, orgId, null, state, 'booking.created', by);
    const at = by.now.toISOString();
    return { ...state, created_at: at, updated_at: at };
  }

  async #apply(tx: Tx, orgId: OrgId, booking: Booking, change: BookingChange, by: Change): Promise<Booking> {
    const transition = applyChange(booking, change, by.now);
    if (!transition) return booking;
    const row = await tx
      .updateTable('bookings')
      .set({ ...columns(transition.booking), updated_at: by.now })
      .where('org_id', '=', orgId)
      .where('id', '=', booking.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await this.#tell(tx, orgId, booking, transition.booking, transition.event, by);
    return toBooking(row);
  }

  /** Event, audit line and outbox of one change. */
  async #tell(
    tx: Tx,
    orgId: OrgId,
    before: BookingState | null,
    booking: BookingState,
    type: BookingEventType,
    { actor, now }: Change,
  ): Promise<void> {
    const [changes = {}] = await tellBookings(tx, orgId, [{ before, booking, type }], this.newId, now);
    await appendAudit(tx, orgId, {
      actor,
      action: type,
      target: { type: 'booking', id: booking.id },
      changes,
    });
  }
}

const select = (tx: Tx, orgId: OrgId) => tx.selectFrom('bookings').selectAll().where('org_id', '=', orgId);

/** Two first calls with the same external id wait for one another; the second finds what the first made. */
const lockExternalId = (tx: Tx, orgId: OrgId, externalId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`booking:${orgId}:${externalId}`}, 0))`.execute(tx);

const belongsToAnother = () =>
  new DomainError(
    'conflict',
    'The booking with this external_id belongs to another contact. Cancel it and use a new external_id.',
  );

const columns = (state: BookingState) => ({ ...state, attributes: JSON.stringify(state.attributes) });
