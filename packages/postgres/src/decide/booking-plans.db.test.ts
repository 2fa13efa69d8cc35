import { BookingInput } from '@halyard/contracts/bookings/routes';
import type { FlowDefinitionInput } from '@halyard/contracts/flows/definition';
import type { BookingId, ContactId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { expect } from 'vitest';
import { PgBookingStore } from '../bookings.js';
import { PgPlanStore } from '../plans.js';
import type { DecidingSchool } from '../testing/deciding-school.js';
import { decidingTest, message } from '../testing/deciding-school.js';

const before = (id: string, days: number) =>
  message(id, { timing: { from: 'anchor', anchor: 'subject.starts_at', offset: `-P${days}D` } });
const reminders: FlowDefinitionInput = {
  name: 'Before the course',
  trigger: { type: 'event', event: 'booking.created' },
  zone: 'subject',
  steps: [before('seven', 7), before('three', 3), before('one', 1)],
};

/** Where bookings of a school are made and changed, and their plans read. */
class BookingDesk {
  readonly plans: PgPlanStore;
  readonly #bookings: PgBookingStore;

  constructor(private readonly school: DecidingSchool) {
    this.plans = new PgPlanStore(school.db.app);
    this.#bookings = new PgBookingStore(school.db.app, randomIds);
  }

  book(starts = '2026-05-01T09:00:00+02:00') {
    const input = BookingInput.parse({
      contact: { email: 'mia@example.com' },
      starts_at: starts,
      ends_at: starts,
      time_zone: 'Europe/Berlin',
    });
    return this.#bookings.put(this.school.id, input, this.#by());
  }

  change(id: string, change: Parameters<PgBookingStore['change']>[2]) {
    return this.#bookings.change(this.school.id, id as BookingId, change, this.#by());
  }

  update(id: string, changes: Parameters<PgBookingStore['update']>[2]) {
    return this.#bookings.update(this.school.id, id as BookingId, changes, this.#by());
  }

  async planOf(id: string) {
    const plan = await this.plans.ofBooking(this.school.id, id as BookingId);
    return plan?.items.map((item) => `${item.step?.id} ${item.planned_at} ${item.status}`);
  }

  #by() {
    return { actor: { type: 'automation' as const, id: 'test' }, now: this.school.clock.now() };
  }
}

const test = decidingTest.extend('desk', ({ school }) => new BookingDesk(school));

test('a booking gets its whole plan, and what was over is shown as skipped', async ({ school, desk }) => {
  await school.publish('before', reminders);
  const { id } = await desk.book('2026-04-06T09:00:00+02:00');
  await school.loops.drain();
  expect(await desk.planOf(id)).toEqual([
    'seven 2026-03-30T07:00:00.000Z skipped',
    'three 2026-04-03T07:00:00.000Z scheduled',
    'one 2026-04-05T07:00:00.000Z scheduled',
  ]);
  const plan = await desk.plans.ofBooking(school.id, id as BookingId);
  expect(plan?.items[1]).toMatchObject({
    flow: { key: 'before', name: 'Before the course', version: 1 },
    timing: { anchor: 'subject.starts_at', offset: '-P3D', at: null },
    local_time: expect.stringContaining('2026-04-03T09:00'),
    time_zone: 'Europe/Berlin',
    template: 'reminder',
    moved: false,
  });
  expect(plan?.pending_events).toBe(0);
});

test('a moved booking takes its unsent messages along and brings back those that lie ahead again', async ({
  school,
  desk,
}) => {
  await school.publish('before', reminders);
  const { id } = await desk.book('2026-04-06T09:00:00+02:00');
  await school.loops.drain();
  await school.queryOwn(
    `update messages set status = 'sent', sent_at = now() where step_id = 'three' and org_id = $1`,
  );
  await desk.change(id, { kind: 'reschedule', startsAt: '2026-05-01T09:00:00+02:00' });
  await school.loops.drain();
  expect(await desk.planOf(id)).toEqual([
    'three 2026-04-03T07:00:00.000Z sent',
    'seven 2026-04-24T07:00:00.000Z scheduled',
    'one 2026-04-30T07:00:00.000Z scheduled',
  ]);
  const plan = await desk.plans.ofBooking(school.id, id as BookingId);
  expect(plan?.items.map((item) => item.moved)).toEqual([false, true, true]);
});

test('a run that had run out comes back when its booking moves', async ({ school, desk }) => {
  await school.publish('before', reminders);
  const { id } = await desk.book('2026-04-01T12:30:00+02:00');
  await school.loops.drain();
  expect(await desk.planOf(id)).toEqual([
    'seven 2026-03-25T11:30:00.000Z skipped',
    'three 2026-03-29T10:30:00.000Z skipped',
    'one 2026-03-31T10:30:00.000Z skipped',
  ]);
  await desk.change(id, { kind: 'reschedule', startsAt: '2026-05-01T09:00:00+02:00' });
  await school.loops.drain();
  expect((await desk.planOf(id))?.every((item) => item.endsWith('scheduled'))).toBe(true);
});

test('a cancelled booking cancels what was not sent', async ({ school, desk }) => {
  await school.publish('before', reminders);
  const { id } = await desk.book();
  await school.loops.drain();
  await desk.change(id, { kind: 'cancel' });
  await school.loops.drain();
  expect((await desk.planOf(id))?.every((item) => item.endsWith('cancelled'))).toBe(true);
  const { rows } = await school.queryOwn('select status, end_reason from runs where org_id = $1');
  expect(rows).toEqual([{ status: 'cancelled', end_reason: 'subject_cancelled' }]);
});

test('a message that is being sent is never touched', async ({ school, desk }) => {
  await school.publish('before', reminders);
  const { id } = await desk.book();
  await school.loops.drain();
  await school.queryOwn(`update messages set status = 'sending' where step_id = 'seven' and org_id = $1`);
  await desk.change(id, { kind: 'cancel' });
  await school.loops.drain();
  expect(await desk.planOf(id)).toContain('seven 2026-04-24T07:00:00.000Z sending');
});

test('a change that moves nothing confirms the plan, for delivery sends by no other', async ({
  school,
  desk,
}) => {
  await school.publish('before', reminders);
  const { id } = await desk.book();
  await school.loops.drain();
  await desk.update(id, { attributes: { boat: 'Flora' } });
  await school.loops.drain();
  await desk.change(id, { kind: 'check_in' });
  await school.loops.drain();
  const { rows } = await school.queryOwn(
    'select distinct status, subject_revision from messages where org_id = $1',
  );
  expect(rows).toEqual([{ status: 'scheduled', subject_revision: 3 }]);
});

test('what a run that is over left to a cap goes out though its booking has changed since', async ({
  school,
  desk,
}) => {
  await school.publish('welcome', { ...reminders, steps: [message('welcome')] });
  const { id } = await desk.book();
  await school.loops.drain();
  await school.queryOwn(
    `update messages set due_at = due_at + interval '1 day', reason = 'caps' where org_id = $1`,
  );
  school.clock.advance(60_000);
  await school.loops.drain();
  await desk.change(id, { kind: 'check_in' });
  await school.loops.drain();
  const { rows } =
    await school.queryOwn(`select runs.status as run, messages.status, subject_revision, messages.due_at from messages
     join runs on runs.id = run_id where messages.org_id = $1`);
  const due_at = new Date('2026-04-02T10:00:00Z');
  expect(rows).toEqual([{ run: 'completed', status: 'scheduled', subject_revision: 2, due_at }]);
});

test('a message that may have gone out already is neither moved nor cancelled', async ({ school, desk }) => {
  await school.publish('before', reminders);
  const { id } = await desk.book();
  await school.loops.drain();
  await school.queryOwn(
    `update messages set reason = 'retry_unknown', released_at = now() where step_id = 'seven' and org_id = $1`,
  );
  const move = { kind: 'reschedule', startsAt: '2026-06-01T09:00:00+02:00' } as const;
  await desk.change(id, move);
  await school.loops.drain();
  expect(await desk.planOf(id)).toContain('seven 2026-04-24T07:00:00.000Z scheduled');
  await desk.change(id, { kind: 'cancel' });
  await school.loops.drain();
  expect(await desk.planOf(id)).toContain('seven 2026-04-24T07:00:00.000Z scheduled');
});

test('another organization sees no plan', async ({ school, desk }) => {
  const { id, contact_id } = await desk.book();
  const other = await school.db.organization('Another school');
  expect(await desk.plans.ofBooking(other, id as BookingId)).toBeNull();
  expect(await desk.plans.ofContact(other, contact_id as ContactId)).toBeNull();
});
