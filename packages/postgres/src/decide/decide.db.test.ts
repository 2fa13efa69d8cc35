import { BookingInput } from '@halyard/contracts/bookings/routes';
import { EventInput } from '@halyard/contracts/events/event';
import type { FlowDefinitionInput } from '@halyard/contracts/flows/definition';
import { ManualClock } from '@halyard/core/clock';
import { startRequested, stopRequested } from '@halyard/core/decide/requests';
import type { BookingId, ContactId, EventId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PgBookingStore } from '../bookings.js';
import { recordEvents } from '../event-recorder.js';
import { PgEventStore } from '../events.js';
import { PgPlanStore } from '../plans.js';
import { publish, TestLoops } from '../testing/deciding.js';
import type { TestDatabase } from '../testing/test-database.js';
import { openTestDatabase } from '../testing/test-database.js';

const start = new Date('2026-04-01T10:00:00Z');
const actor = { type: 'automation' as const, id: 'test' };
const message = (id: string, more: object = {}) => ({
  id,
  type: 'message' as const,
  template: 'reminder',
  channels: ['email' as const],
  ...more,
});
const before = (id: string, days: number) =>
  message(id, { timing: { from: 'anchor', anchor: 'subject.starts_at', offset: `-P${days}D` } });
const reminders: FlowDefinitionInput = {
  name: 'Before the course',
  trigger: { type: 'event', event: 'booking.created' },
  zone: 'subject',
  steps: [before('seven', 7), before('three', 3), before('one', 1)],
};

let db: TestDatabase;
let clock: ManualClock;
let loops: TestLoops;
let school: OrgId;
let bookings: PgBookingStore;
let plans: PgPlanStore;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  clock = new ManualClock(start);
  loops = new TestLoops(db, clock);
  school = await db.organization();
  bookings = new PgBookingStore(db.app, randomIds);
  plans = new PgPlanStore(db.app);
});

const by = () => ({ actor, now: clock.now() });
const book = (starts = '2026-05-01T09:00:00+02:00', email = 'mia@example.com') =>
  bookings.put(
    school,
    BookingInput.parse({
      contact: { email },
      starts_at: starts,
      ends_at: starts,
      time_zone: 'Europe/Berlin',
    }),
    by(),
  );
const planOf = async (id: string) => {
  const plan = await plans.ofBooking(school, id as BookingId);
  return plan?.items.map((item) => `${item.step?.id} ${item.planned_at} ${item.status}`);
};
const login = (email: string, given: object = {}) =>
  new PgEventStore(db.app, randomIds).record(
    school,
    [EventInput.parse({ type: 'user.login', contact: { email }, create_contact: true, ...given })],
    clock.now(),
  );

test('a booking gets its whole plan, and what was over is shown as skipped', async () => {
  await publish(db, school, 'before', reminders);
  const { id } = await book('2026-04-06T09:00:00+02:00');
  await loops.drain();
  expect(await planOf(id)).toEqual([
    'seven 2026-03-30T07:00:00.000Z skipped',
    'three 2026-04-03T07:00:00.000Z scheduled',
    'one 2026-04-05T07:00:00.000Z scheduled',
  ]);
  const plan = await plans.ofBooking(school, id as BookingId);
  expect(plan?.items[1]).toMatchObject({
    flow: { key: 'before', name: 'Before the course', version: 1 },
    local_time: expect.stringContaining('2026-04-03T09:00'),
    time_zone: 'Europe/Berlin',
    template: 'reminder',
    moved: false,
  });
  expect(plan?.pending_events).toBe(0);
});

test('a moved booking takes its unsent messages along and brings back those that lie ahead again', async () => {
  await publish(db, school, 'before', reminders);
  const { id } = await book('2026-04-06T09:00:00+02:00');
  await loops.drain();
  await db.owner.query(
    `update messages set status = 'sent', sent_at = now() where step_id = 'three' and org_id = $1`,
    [school],
  );
  await bookings.change(
    school,
    id as BookingId,
    { kind: 'reschedule', startsAt: '2026-05-01T09:00:00+02:00' },
    by(),
  );
  await loops.drain();
  expect(await planOf(id)).toEqual([
    'three 2026-04-03T07:00:00.000Z sent',
    'seven 2026-04-24T07:00:00.000Z scheduled',
    'one 2026-04-30T07:00:00.000Z scheduled',
  ]);
  const plan = await plans.ofBooking(school, id as BookingId);
  expect(plan?.items.map((item) => item.moved)).toEqual([false, true, true]);
});

test('a run that had run out comes back when its booking moves', async () => {
  await publish(db, school, 'before', reminders);
  const { id } = await book('2026-04-01T12:30:00+02:00');
  await loops.drain();
  expect(await planOf(id)).toEqual([
    'seven 2026-03-25T11:30:00.000Z skipped',
    'three 2026-03-29T10:30:00.000Z skipped',
    'one 2026-03-31T10:30:00.000Z skipped',
  ]);
  await bookings.change(
    school,
    id as BookingId,
    { kind: 'reschedule', startsAt: '2026-05-01T09:00:00+02:00' },
    by(),
  );
  await loops.drain();
  expect((await planOf(id))?.every((item) => item.endsWith('scheduled'))).toBe(true);
});

test('a cancelled booking cancels what was not sent', async () => {
  await publish(db, school, 'before', reminders);
  const { id } = await book();
  await loops.drain();
  await bookings.change(school, id as BookingId, { kind: 'cancel' }, by());
  await loops.drain();
  expect((await planOf(id))?.every((item) => item.endsWith('cancelled'))).toBe(true);
  const { rows } = await db.owner.query('select status, end_reason from runs where org_id = $1', [school]);
  expect(rows).toEqual([{ status: 'cancelled', end_reason: 'subject_cancelled' }]);
});

test('a message that is being sent is never touched', async () => {
  await publish(db, school, 'before', reminders);
  const { id } = await book();
  await loops.drain();
  await db.owner.query(`update messages set status = 'sending' where step_id = 'seven' and org_id = $1`, [
    school,
  ]);
  await bookings.change(school, id as BookingId, { kind: 'cancel' }, by());
  await loops.drain();
  expect(await planOf(id)).toContain('seven 2026-04-24T07:00:00.000Z sending');
});

test('a change that moves nothing confirms the plan, for delivery sends by no other', async () => {
  await publish(db, school, 'before', reminders);
  const { id } = await book();
  await loops.drain();
  await bookings.update(school, id as BookingId, { attributes: { boat: 'Flora' } }, by());
  await loops.drain();
  await bookings.change(school, id as BookingId, { kind: 'check_in' }, by());
  await loops.drain();
  const { rows } = await db.owner.query(
    'select distinct status, subject_revision from messages where org_id = $1',
    [school],
  );
  expect(rows).toEqual([{ status: 'scheduled', subject_revision: 3 }]);
});

test('what a run that is over left to a cap goes out though its booking has changed since', async () => {
  await publish(db, school, 'welcome', { ...reminders, steps: [message('welcome')] });
  const { id } = await book();
  await loops.drain();
  await db.owner.query(
    `update messages set due_at = due_at + interval '1 day', reason = 'caps' where org_id = $1`,
    [school],
  );
  clock.advance(60_000);
  await loops.drain();
  await bookings.change(school, id as BookingId, { kind: 'check_in' }, by());
  await loops.drain();
  const { rows } = await db.owner.query(
    `select runs.status as run, messages.status, subject_revision, messages.due_at from messages
     join runs on runs.id = run_id where messages.org_id = $1`,
    [school],
  );
  const due_at = new Date('2026-04-02T10:00:00Z');
  expect(rows).toEqual([{ run: 'completed', status: 'scheduled', subject_revision: 2, due_at }]);
});

test('a message that may have gone out already is neither moved nor cancelled', async () => {
  await publish(db, school, 'before', reminders);
  const { id } = await book();
  await loops.drain();
  await db.owner.query(
    `update messages set reason = 'retry_unknown', released_at = now() where step_id = 'seven' and org_id = $1`,
    [school],
  );
  const move = { kind: 'reschedule', startsAt: '2026-06-01T09:00:00+02:00' } as const;
  await bookings.change(school, id as BookingId, move, by());
  await loops.drain();
  expect(await planOf(id)).toContain('seven 2026-04-24T07:00:00.000Z scheduled');
  await bookings.change(school, id as BookingId, { kind: 'cancel' }, by());
  await loops.drain();
  expect(await planOf(id)).toContain('seven 2026-04-24T07:00:00.000Z scheduled');
});

test('waits, branches, contact updates and other flows follow one another', async () => {
  await publish(db, school, 'welcome', {
    name: 'Welcome',
    trigger: { type: 'event', event: 'user.*' },
    reentry: 'once',
    steps: [
      message('hello'),
      { id: 'pause', type: 'wait', wait: { for: 'duration', duration: 'P1D' } },
      { id: 'mark', type: 'update_contact', set: { greeted: true, locale: 'de' } },
      { id: 'on', type: 'start_flow', flow: 'next' },
    ],
  });
  await publish(db, school, 'next', {
    name: 'Next',
    trigger: { type: 'api' },
    steps: [
      {
        id: 'known',
        type: 'branch',
        branches: [{ when: { field: 'contact.attributes.greeted', op: 'eq', value: true }, next: 'yes' }],
        next: 'no',
      },
      message('no', { next: null }),
      message('yes'),
    ],
  });
  await login('mia@example.com');
  await login('mia@example.com');
  await loops.drain();
  clock.advance(86_400_000);
  await loops.drain();
  const { rows } = await db.owner.query(
    'select step_id, count(*)::int as n from messages where org_id = $1 group by 1 order by 1',
    [school],
  );
  expect(rows).toEqual([
    { step_id: 'hello', n: 1 },
    { step_id: 'yes', n: 1 },
  ]);
  const contact = await db.owner.query('select locale, attributes from contacts where org_id = $1', [school]);
  expect(contact.rows).toEqual([{ locale: 'de', attributes: { greeted: true } }]);
});

test('the API starts and stops a flow for a contact, a person may start it again', async () => {
  const { flowId } = await publish(db, school, 'manual', {
    name: 'By hand',
    trigger: { type: 'api' },
    steps: [message('one', { timing: { offset: 'P1D' } })],
  });
  const [made] = await login('mia@example.com');
  const contactId = (made?.kind === 'recorded' ? made.contactId : null) as ContactId;
  const ask = async (type: string, payload: object) => {
    const event = { id: randomIds<EventId>(), type, contactId, occurredAt: clock.now() };
    const given = { ...event, payload: { flow_id: flowId, ...payload } };
    await db.app.forOrg(school, (tx) => recordEvents(tx, school, [given]));
    await loops.drain();
    const { rows } = await db.owner.query(
      'select status from runs where org_id = $1 order by started_at, id',
      [school],
    );
    return rows.map((row) => row.status);
  };
  expect(await ask(startRequested, {})).toEqual(['active']);
  expect(await ask(startRequested, {})).toEqual(['active']);
  expect(await ask(stopRequested, { reason: 'by hand' })).toEqual(['cancelled']);
  expect(await ask(startRequested, { again: true })).toEqual(['cancelled', 'active']);
});

test('a schedule admits everybody in its audience once per tick', async () => {
  for (const [n, level] of ['a', 'b', 'a'].entries())
    await login(`s${n}@example.com`, {
      contact: { email: `s${n}@example.com`, attributes: { level } },
    });
  await publish(
    db,
    school,
    'weekly',
    {
      name: 'Weekly',
      reentry: 'always',
      trigger: {
        type: 'schedule',
        cron: '0 9 * * *',
        audience: { field: 'contact.attributes.level', op: 'eq', value: 'a' },
      },
      steps: [message('news')],
    },
    { nextTickAt: start },
  );
  const count = async () =>
    (await db.owner.query(`select count(*)::int as n from messages where org_id = $1`, [school])).rows[0].n;
  await loops.drain();
  expect(await count()).toBe(2);
  await loops.drain();
  expect(await count()).toBe(2);
  clock.set(new Date('2026-04-02T08:00:00Z')); // 10:00 in Berlin
  await loops.drain();
  expect(await count()).toBe(4);
});

test('a step that stops another flow stops it, though both are due at the same moment', async () => {
  const pause = { id: 'pause', type: 'wait' as const, wait: { for: 'duration' as const, duration: 'PT1H' } };
  const trigger = { type: 'event' as const, event: 'user.login' };
  await publish(db, school, 'chatty', {
    name: 'Chatty',
    trigger,
    steps: [pause, message('hello', { timing: { offset: 'P1D' } })],
  });
  await publish(db, school, 'calm', {
    name: 'Calm',
    trigger,
    steps: [pause, { id: 'hush', type: 'stop_flow', flow: 'chatty' }],
  });
  await login('mia@example.com');
  await loops.drain();
  clock.advance(3_600_000);
  await loops.drain();
  const { rows } = await db.owner.query('select status, reason from messages where org_id = $1', [school]);
  expect(rows).toEqual([{ status: 'cancelled', reason: 'flow_stopped' }]);
});

test('another organization sees no plan', async () => {
  const { id, contact_id } = await book();
  const other = await db.organization('Another school');
  expect(await plans.ofBooking(other, id as BookingId)).toBeNull();
  expect(await plans.ofContact(other, contact_id as ContactId)).toBeNull();
});
