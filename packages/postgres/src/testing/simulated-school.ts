import { BookingInput } from '@halyard/contracts/bookings/routes';
import { EventInput } from '@halyard/contracts/events/event';
import type { SimulationResult } from '@halyard/contracts/simulate/result';
import { SimulationInput } from '@halyard/contracts/simulate/routes';
import type { BookingChange } from '@halyard/core/bookings/transitions';
import { ManualClock } from '@halyard/core/clock';
import { DomainError } from '@halyard/core/domain-error';
import type { BookingId, ContactId, Id, Ids, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { Simulations } from '@halyard/core/simulate/simulations';
import { PgBookingStore } from '../bookings.js';
import { PgEventStore } from '../events.js';
import { PgSimulationStore } from '../simulate/simulation-store.js';
import { addContact, plainRenderer, RecordingProvider } from './delivery.js';
import type { Doing } from './production.js';
import { Production } from './production.js';
import type { Guest } from './simulated-guests.js';
import { after, base, datesOf, dayMinutes } from './simulated-guests.js';
import type { TestDatabase } from './test-database.js';

const lives = 8 * dayMinutes;
const actor = { type: 'automation' as const, name: 'test' };

/** Delivery spreads what was held by the last digits of a message's id: they are all alike here, on both sides. */
const alike: Ids = <T extends Id<string>>() => `${randomIds().slice(0, -8)}40000000` as T;

/** What became of a message, as far as anyone can see. */
export interface Fate {
  message: string;
  status: string;
  reason: string | null;
  channel: string | null;
  planned: string;
  at: string | null;
}

/** One school with its guests, in which the same things are simulated and then happen. */
export class School {
  readonly clock = new ManualClock(new Date(base));
  readonly provider = new RecordingProvider();
  readonly bookings: PgBookingStore;
  readonly events: PgEventStore;

  constructor(
    private readonly db: TestDatabase,
    readonly orgId: OrgId,
  ) {
    this.bookings = new PgBookingStore(db.app, randomIds);
    this.events = new PgEventStore(db.app, randomIds);
  }

  /** What the flows send. */
  async write(): Promise<void> {
    for (const channel of ['email', 'sms'])
      await this.db.owner.query(
        `with template as (
           insert into templates (org_id, id, key, name, channel) values ($1, $2, 'any', 'Any', $3) returning org_id, id
         )
         insert into template_versions (org_id, template_id, number, content, compiled)
         select org_id, id, 1, '{}', '{}' from template`,
        [this.orgId, randomIds(), channel],
      );
  }

  async admit(guest: Guest, n: number): Promise<ContactId> {
    const id = await addContact(this.db, this.orgId, {
      email: `guest${n}@example.com`,
      ...(guest.phone && { phone: `+4915112345${100 + n}` }),
      ...(guest.zone && { timeZone: guest.zone }),
    });
    if (guest.consent)
      await this.db.owner.query(
        `insert into consents (org_id, id, contact_id, channel, state, source, occurred_at)
         values ($1, $2, $3, '*', 'granted', 'test', $4)`,
        [this.orgId, randomIds(), id, new Date(base)],
      );
    return id;
  }

  /** What the simulator says of given events, or of those on record. */
  async foretold(asked: Record<string, unknown>): Promise<Fate[]> {
    const simulations = new Simulations(new PgSimulationStore(this.db.app), plainRenderer, () => alike);
    const rates = { delivered: 0, opened: 0, clicked: 0 };
    const input = SimulationInput.parse({ ...asked, until: after(lives), rates, timelines: 1_000 });
    return inOrder(fatesIn(await simulations.run(this.orgId, input, async () => {})));
  }

  /** Does all this in production, at its moment each. */
  async live(doings: readonly Doing[]): Promise<void> {
    const ahead = doings.toSorted((a, b) => a.at.getTime() - b.at.getTime());
    const production = new Production(this.db, this.clock, this.provider, alike);
    await production.live(this.orgId, ahead, new Date(after(lives)));
  }

  /** Events as if they had been recorded when they happened here, and contacts as they were before: what a period holds. */
  async rememberAsRecorded(): Promise<void> {
    await this.db.owner.query('update events set recorded_at = occurred_at where org_id = $1', [this.orgId]);
    await this.db.owner.query(`update contacts set attributes = '{}' where org_id = $1`, [this.orgId]);
  }

  /** Nothing of it is due any more: the next school has the loops to itself. */
  async close(): Promise<void> {
    await this.db.owner.query(
      `with runs as (update runs set status = 'cancelled', wake_at = null where org_id = $1)
       update messages set status = 'cancelled' where org_id = $1 and status = 'scheduled'`,
      [this.orgId],
    );
  }

  /** The same as `givenOf`, done for real. */
  doingsOf(guest: Guest, contactId: ContactId, n: number): Doing[] {
    const external_id = `booking-${n}`;
    const booked = guest.booked;
    const book = () => {
      const input = {
        external_id,
        contact_id: contactId,
        ...datesOf(booked, guest.days),
        time_zone: 'Europe/Berlin',
      };
      return this.bookings.put(this.orgId, BookingInput.parse(input), { actor, now: this.clock.now() });
    };
    const happen = guest.happenings.map((one) => ({
      at: new Date(after(one.minute)),
      do: () => this.#happen(one, contactId, external_id),
    }));
    return [{ at: new Date(after(booked)), do: book }, ...happen];
  }

  async #happen(one: Guest['happenings'][number], contactId: ContactId, externalId: string): Promise<void> {
    const now = this.clock.now();
    if (one.kind === 'login' || one.kind === 'paid') {
      const type = one.kind === 'login' ? 'user.login' : 'order.paid';
      await this.events.record(this.orgId, [EventInput.parse({ type, contact_id: contactId })], now);
      return;
    }
    const { rows } = await this.db.owner.query(
      'select id from bookings where org_id = $1 and external_id = $2',
      [this.orgId, externalId],
    );
    if (!rows[0]) return;
    await this.bookings
      .change(this.orgId, rows[0].id as BookingId, changeOf(one), { actor, now })
      .catch((error: unknown) => {
        if (!(error instanceof DomainError && error.code === 'invalid_state')) throw error;
      });
  }

  async sent(): Promise<Fate[]> {
    const { rows } = await this.db.owner.query(
      `select contact_id, step_id, occurrence, status, reason, channel, planned_at, due_at, sent_at
       from messages where org_id = $1`,
      [this.orgId],
    );
    const fates = rows.map((row) => ({
      message: `${row.contact_id} ${row.step_id} ${row.occurrence}`,
      status: row.status,
      reason: row.reason,
      channel: row.channel,
      planned: row.planned_at.toISOString(),
      at: (row.sent_at ?? (row.status === 'scheduled' ? row.due_at : null))?.toISOString() ?? null,
    }));
    return inOrder(fates);
  }
}

function changeOf(one: Guest['happenings'][number]): BookingChange {
  if (one.kind === 'reschedule')
    return { kind: 'reschedule', startsAt: after(one.minute + one.days * dayMinutes) };
  return { kind: one.kind === 'cancel' ? 'cancel' : 'check_in' };
}

const fatesIn = ({ timelines }: SimulationResult): Fate[] =>
  timelines.flatMap(({ contact_id, messages }) =>
    messages.map(({ step, occurrence, status, reason, channel, planned_at, at }) => ({
      message: `${contact_id} ${step} ${occurrence}`,
      status,
      reason,
      channel,
      planned: planned_at,
      at: status === 'sent' || status === 'scheduled' ? at : null,
    })),
  );

const inOrder = (fates: Fate[]): Fate[] => fates.sort((a, b) => (a.message < b.message ? -1 : 1));
