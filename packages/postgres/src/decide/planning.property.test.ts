import { BookingInput } from '@halyard/contracts/bookings/routes';
import { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { BookingChange } from '@halyard/core/bookings/transitions';
import { ManualClock } from '@halyard/core/clock';
import { DomainError } from '@halyard/core/domain-error';
import { advance } from '@halyard/core/flows/advance';
import { startRun } from '@halyard/core/flows/run';
import type { BookingId, ContactId, FlowId, FlowVersionId, OrgId, RunId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PgBookingStore } from '../bookings.js';
import { loadFacts } from '../facts.js';
import { publish, TestLoops } from '../testing/deciding.js';
import type { TestDatabase } from '../testing/test-database.js';
import { openTestDatabase } from '../testing/test-database.js';

const day = 86_400_000;
const base = new Date('2026-03-20T10:00:00Z'); // the clocks change on 29 March
const actor = { type: 'automation' as const, id: 'test' };

const around = (id: string, anchor: string, offset: string, more: object = {}) => ({
  id,
  type: 'message' as const,
  template: 'any',
  channels: ['email' as const],
  timing: { from: 'anchor' as const, anchor, offset, ...more },
});
const definition = FlowDefinition.parse({
  name: 'Around the course',
  trigger: { type: 'event', event: 'booking.created' },
  zone: 'subject',
  exits: [
    { name: 'arrived', condition: { field: 'subject.status', op: 'in', value: ['checked_in', 'completed'] } },
  ],
  steps: [
    around('seven', 'subject.starts_at', '-P7D', { at: '09:00' }),
    around('three', 'subject.starts_at', '-P3D'),
    around('one', 'subject.starts_at', '-P1D', { at: '18:00', weekdays: ['mon', 'wed', 'fri', 'sun'] }),
    around('thanks', 'subject.ends_at', 'PT4H'),
    around('review', 'subject.ends_at', 'P2D', { at: '10:00' }),
  ],
});

/** What happens to a booking, and what may happen in between: time passes, loops run, due messages go out. */
type Move =
  | { kind: 'change'; change: BookingChange }
  | { kind: 'decide' }
  | { kind: 'pass'; hours: number }
  | { kind: 'deliver' };

const startsIn = (days: number) => new Date(base.getTime() + days * day).toISOString();
const aChange = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .integer({ min: -2, max: 25 })
      .map((days): BookingChange => ({ kind: 'reschedule', startsAt: startsIn(days) })),
  },
  { weight: 1, arbitrary: fc.constant<BookingChange>({ kind: 'cancel' }) },
  { weight: 1, arbitrary: fc.constant<BookingChange>({ kind: 'check_in' }) },
  { weight: 1, arbitrary: fc.constant<BookingChange>({ kind: 'update', attributes: { boat: 'Flora' } }) },
);
const aMove: fc.Arbitrary<Move> = fc.oneof(
  { weight: 4, arbitrary: aChange.map((change): Move => ({ kind: 'change', change })) },
  { weight: 3, arbitrary: fc.constant<Move>({ kind: 'decide' }) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 120 }).map((hours): Move => ({ kind: 'pass', hours })) },
  { weight: 1, arbitrary: fc.constant<Move>({ kind: 'deliver' }) },
);
const aStory = fc.record({
  days: fc.integer({ min: -1, max: 20 }),
  moves: fc.array(aMove, { maxLength: 8 }),
});

let db: TestDatabase;
let school: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  school = await db.organization();
  await publish(db, school, 'around', definition);
});
afterAll(() => db.drop());

class World {
  readonly clock = new ManualClock(base);
  readonly loops = new TestLoops(db, this.clock);
  readonly bookings = new PgBookingStore(db.app, randomIds);
  /** Something happened since the loops last ran; else they would find nothing, which costs as much as finding it. */
  #stale = true;

  async book(days: number): Promise<BookingId> {
    const input = BookingInput.parse({
      contact: { email: `${randomIds()}@example.com` },
      starts_at: startsIn(days),
      ends_at: startsIn(days + 1),
      time_zone: 'Europe/Berlin',
    });
    return (await this.bookings.put(school, input, this.by())).id as BookingId;
  }

  async make(id: BookingId, move: Move): Promise<void> {
    if (move.kind === 'decide') return this.decide();
    this.#stale = true;
    if (move.kind === 'pass') this.clock.advance(move.hours * 3_600_000);
    else if (move.kind === 'deliver') await this.deliver();
    else
      await this.bookings.change(school, id, move.change, this.by()).catch((error: unknown) => {
        if (!(error instanceof DomainError && error.code === 'invalid_state')) throw error;
      });
  }

  async decide(): Promise<void> {
    if (this.#stale) await this.loops.drain();
    this.#stale = false;
  }

  /** What delivery would do, as far as the plan is concerned. */
  async deliver(): Promise<void> {
    await this.decide();
    await db.owner.query(
      `update messages set status = 'sent', sent_at = $2 where org_id = $1 and status = 'scheduled' and due_at <= $2`,
      [school, this.clock.now()],
    );
  }

  by() {
    return { actor, now: this.clock.now() };
  }

  async messages(id: BookingId, status: string): Promise<Map<string, string>> {
    const { rows } = await db.owner.query(
      'select step_id, planned_at from messages where subject_id = $1 and status = $2',
      [id, status],
    );
    return new Map(rows.map((row) => [row.step_id, row.planned_at.toISOString()]));
  }

  /** What a plan made now, from nothing but the facts, would still send. */
  async freshPlan(id: BookingId): Promise<Map<string, string>> {
    const booking = await this.bookings.find(school, id);
    const contactId = booking?.contact_id as ContactId;
    const subject = { type: 'booking', id };
    const asked = { orgId: school, contactId, subject, event: null, runId: null };
    const [facts = {}] = await db.worker.across((tx) => loadFacts(tx, [asked]));
    const ids = {
      id: randomIds<RunId>(),
      flowId: randomIds<FlowId>(),
      versionId: randomIds<FlowVersionId>(),
    };
    const now = this.clock.now();
    const run = startRun({ ...ids, contactId, subject, triggerEventId: null }, definition, now);
    const { plan } = advance({ definition, run, facts, cause: { kind: 'start' }, now });
    const sending = plan.filter((planned) => planned.verdict === 'send');
    return new Map(sending.map((planned) => [planned.stepId, planned.plannedAt.toISOString()]));
  }
}

test('Feature: planning, Property 1: after any series of create, reschedule, cancel, check-in in any order, pending messages equal a fresh plan minus what was sent', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aStory, { minLength: 1, maxLength: 4 }), async (stories) => {
      const world = new World();
      const ids = await Promise.all(stories.map(({ days }) => world.book(days)));
      const longest = Math.max(...stories.map(({ moves }) => moves.length));
      for (let turn = 0; turn < longest; turn++)
        for (const [n, id] of ids.entries()) {
          const move = stories[n]?.moves[turn];
          if (move) await world.make(id, move);
        }
      await world.deliver();
      await world.decide();
      for (const id of ids) {
        const sent = await world.messages(id, 'sent');
        const fresh = [...(await world.freshPlan(id))].filter(([step]) => !sent.has(step));
        expect(new Map(await world.messages(id, 'scheduled'))).toEqual(new Map(fresh));
      }
      await db.owner.query(`update runs set status = 'cancelled' where org_id = $1`, [school]);
      await db.owner.query(`delete from messages where org_id = $1`, [school]);
    }),
    { numRuns: 100 },
  );
}, 180_000);
