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
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PgBookingStore } from '../bookings.js';
import { PgEventStore } from '../events.js';
import { publish } from '../testing/deciding.js';
import {
  addConnection,
  addContact,
  plainRenderer,
  RecordingProvider,
  setPolicy,
} from '../testing/delivery.js';
import type { Doing } from '../testing/production.js';
import { Production } from '../testing/production.js';
import { simulatedFlow } from '../testing/simulated-flow.js';
import type { TestDatabase } from '../testing/test-database.js';
import { openTestDatabase } from '../testing/test-database.js';
import { PgSimulationStore } from './simulation-store.js';

const base = Date.parse('2026-05-03T10:00:00Z');
const after = (minutes: number): string => new Date(base + minutes * 60_000).toISOString();
const dayMinutes = 24 * 60;
const lives = 8 * dayMinutes;
const actor = { type: 'automation' as const, name: 'test' };

/** Delivery spreads what was held by the last digits of a message's id: they are all alike here, on both sides. */
const alike: Ids = <T extends Id<string>>() => `${randomIds().slice(0, -8)}40000000` as T;

const aMinute = fc.nat(4 * dayMinutes);
const aHappening = fc.oneof(
  fc.record({ kind: fc.constant('login' as const), minute: aMinute }),
  fc.record({ kind: fc.constant('paid' as const), minute: aMinute }),
  fc.record({
    kind: fc.constant('reschedule' as const),
    minute: aMinute,
    days: fc.integer({ min: -1, max: 4 }),
  }),
  fc.record({ kind: fc.constant('cancel' as const), minute: aMinute }),
  fc.record({ kind: fc.constant('check_in' as const), minute: aMinute }),
);
const aGuest = fc.record({
  zone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', null),
  phone: fc.boolean(),
  consent: fc.constantFrom(true, true, false),
  booked: aMinute,
  days: fc.integer({ min: 0, max: 4 }),
  happenings: fc.array(aHappening, { maxLength: 4 }),
});
type Guest = typeof aGuest extends fc.Arbitrary<infer G> ? G : never;

const aPolicy = fc.record({
  quiet_hours: fc.constantFrom({}, { default: { from: '20:00', to: '09:00' } }, { email: null }),
  caps: fc.constantFrom([], [{ messages: 1, per: 'P1D' }], [{ messages: 2, per: 'P2D', channel: 'email' }]),
  send_windows: fc.constantFrom(
    {},
    { email: [{ from: '08:00', to: '12:00', weekdays: ['mon', 'wed', 'fri'] }] },
  ),
});

let db: TestDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());

/** One school with its guests, in which the same things are simulated and then happen. */
class School {
  readonly clock = new ManualClock(new Date(base));
  readonly provider = new RecordingProvider();
  readonly bookings = new PgBookingStore(db.app, randomIds);
  readonly events = new PgEventStore(db.app, randomIds);

  constructor(readonly orgId: OrgId) {}

  /** What the flows send. */
  async write(): Promise<void> {
    for (const channel of ['email', 'sms'])
      await db.owner.query(
        `with template as (
           insert into templates (org_id, id, key, name, channel) values ($1, $2, 'any', 'Any', $3) returning org_id, id
         )
         insert into template_versions (org_id, template_id, number, content, compiled)
         select org_id, id, 1, '{}', '{}' from template`,
        [this.orgId, randomIds(), channel],
      );
  }

  async admit(guest: Guest, n: number): Promise<ContactId> {
    const id = await addContact(db, this.orgId, {
      email: `guest${n}@example.com`,
      ...(guest.phone && { phone: `+4915112345${100 + n}` }),
      ...(guest.zone && { timeZone: guest.zone }),
    });
    if (guest.consent)
      await db.owner.query(
        `insert into consents (org_id, id, contact_id, channel, state, source) values ($1, $2, $3, '*', 'granted', 'test')`,
        [this.orgId, randomIds(), id],
      );
    return id;
  }

  simulate(input: Record<string, unknown>): Promise<SimulationResult> {
    const simulations = new Simulations(new PgSimulationStore(db.app), plainRenderer, () => alike);
    const rates = { delivered: 0, opened: 0, clicked: 0 };
    const asked = { ...input, until: after(lives), rates, timelines: 1_000 };
    return simulations.run(this.orgId, SimulationInput.parse(asked), async () => {});
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
    const { rows } = await db.owner.query('select id from bookings where org_id = $1 and external_id = $2', [
      this.orgId,
      externalId,
    ]);
    if (!rows[0]) return;
    await this.bookings
      .change(this.orgId, rows[0].id as BookingId, changeOf(one), { actor, now })
      .catch((error: unknown) => {
        if (!(error instanceof DomainError && error.code === 'invalid_state')) throw error;
      });
  }

  /** What became of every message, as far as anyone can see. */
  async sent(): Promise<Fate[]> {
    const { rows } = await db.owner.query(
      `select contact_id, step_id, occurrence, status, reason, channel, planned_at, due_at, sent_at
       from messages where org_id = $1`,
      [this.orgId],
    );
    return rows.map((row) => ({
      message: `${row.contact_id} ${row.step_id} ${row.occurrence}`,
      status: row.status,
      reason: row.reason,
      channel: row.channel,
      planned: row.planned_at.toISOString(),
      at: (row.sent_at ?? (row.status === 'scheduled' ? row.due_at : null))?.toISOString() ?? null,
    }));
  }
}
interface Fate {
  message: string;
  status: string;
  reason: string | null;
  channel: string | null;
  planned: string;
  at: string | null;
}

const datesOf = (booked: number, days: number) => ({
  starts_at: after(booked + days * dayMinutes),
  ends_at: after(booked + (days + 1) * dayMinutes),
});

function changeOf(one: Guest['happenings'][number]): BookingChange {
  if (one.kind === 'reschedule')
    return { kind: 'reschedule', startsAt: after(one.minute + one.days * dayMinutes) };
  return { kind: one.kind === 'cancel' ? 'cancel' : 'check_in' };
}

/** What is told to the simulator: only what the booking's state allows, as it refuses the rest. */
function givenOf(guest: Guest, contact: ContactId, n: number): Record<string, unknown>[] {
  const id = `booking-${n}`;
  const booking = { id, ...datesOf(guest.booked, guest.days), time_zone: 'Europe/Berlin' };
  const given = [{ at: after(guest.booked), type: 'booking.created', contact, booking }];
  const types = {
    login: 'user.login',
    paid: 'order.paid',
    reschedule: 'booking.rescheduled',
    cancel: 'booking.cancelled',
    check_in: 'booking.checked_in',
  };
  const happenings = allowed(guest).map((one) => {
    const at = after(one.minute);
    const type = types[one.kind];
    if (one.kind === 'login' || one.kind === 'paid') return { at, type, contact };
    const starts_at = one.kind === 'reschedule' ? after(one.minute + one.days * dayMinutes) : undefined;
    return { at, type, contact, booking: { id, starts_at } };
  });
  return [...given, ...happenings];
}

/** In the order of time, without what comes before the booking or after its end. */
function allowed({ booked, happenings }: Guest): Guest['happenings'] {
  let status = 'confirmed';
  return [...happenings]
    .sort((a, b) => a.minute - b.minute)
    .filter((one) => {
      if (one.kind === 'login' || one.kind === 'paid') return true;
      if (one.minute <= booked || status === 'cancelled') return false;
      if (one.kind === 'check_in' && status !== 'confirmed') return false;
      if (one.kind === 'cancel') status = 'cancelled';
      if (one.kind === 'check_in') status = 'checked_in';
      return true;
    });
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

test('Feature: simulation, Property 1: what the simulator says of given events is what production then does, message for message', async () => {
  await fc.assert(
    fc.asyncProperty(
      simulatedFlow,
      aPolicy,
      fc.array(aGuest, { minLength: 1, maxLength: 2 }),
      async (flow, policy, guests) => {
        const school = new School(await db.organization());
        await addConnection(db, school.orgId);
        await school.write();
        await setPolicy(db, school.orgId, policy);
        const { flowId } = await publish(db, school.orgId, 'any', flow);
        const ids = await Promise.all(guests.map((guest, n) => school.admit(guest, n)));
        const events = guests.flatMap((guest, n) => givenOf(guest, ids[n] as ContactId, n));
        const result = await school.simulate({ flow: { flow_id: flowId }, events });
        const doings = guests.flatMap((guest, n) =>
          school.doingsOf({ ...guest, happenings: allowed(guest) }, ids[n] as ContactId, n),
        );
        doings.sort((a, b) => a.at.getTime() - b.at.getTime());
        const production = new Production(db, school.clock, school.provider, alike);
        await production.live(school.orgId, doings, new Date(after(lives)));
        expect(inOrder(fatesIn(result))).toEqual(inOrder(await school.sent()));
        await db.owner.query(`update runs set status = 'cancelled', wake_at = null where org_id = $1`, [
          school.orgId,
        ]);
        await db.owner.query(
          `update messages set status = 'cancelled' where org_id = $1 and status = 'scheduled'`,
          [school.orgId],
        );
      },
    ),
    { numRuns: 100 },
  );
}, 600_000);
