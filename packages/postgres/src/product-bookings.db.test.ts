import { BookingInput } from '@halyard/contracts/bookings/routes';
import type { FlowDefinitionInput } from '@halyard/contracts/flows/definition';
import type { Product, ProductPatch } from '@halyard/contracts/products/routes';
import { ManualClock } from '@halyard/core/clock';
import type { BookingId, OrgId, ProductId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PgBookingStore } from './bookings.js';
import { PgPlanStore } from './plans.js';
import { PgProductStore } from './products.js';
import { publish, TestLoops } from './testing/deciding.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

const actor = { type: 'automation' as const, id: 'test' };
const before = (id: string, anchor: string): FlowDefinitionInput['steps'][number] => ({
  id,
  type: 'message',
  template: 'any',
  channels: ['email'],
  timing: { from: 'anchor', anchor, offset: '-P1D' },
});

let db: TestDatabase;
let clock: ManualClock;
let loops: TestLoops;
let school: OrgId;
let course: Product;
let products: PgProductStore;
let bookings: PgBookingStore;
beforeAll(async () => {
  db = await openTestDatabase();
  products = new PgProductStore(db.app, randomIds);
  bookings = new PgBookingStore(db.app, randomIds);
});
afterAll(() => db.drop());
beforeEach(async () => {
  clock = new ManualClock(new Date('2026-04-01T10:00:00Z'));
  loops = new TestLoops(db, clock);
  school = await db.organization();
  const input = {
    key: 'sks',
    name: 'SKS course',
    kind: 'event',
    starts_at: '2026-05-01T07:00:00.000Z',
    ends_at: '2026-05-05T15:00:00.000Z',
    time_zone: 'Europe/Berlin',
    location: { name: 'Ueckermünde' },
    organizer: {},
    attributes: {},
  };
  course = await products.insert(school, randomIds(), input, { actor, action: 'product.created' });
});

const change = (patch: ProductPatch) => {
  const audit = { actor, action: 'product.updated', changes: patch };
  return products.update(school, course.id as ProductId, patch, { audit, now: clock.now() });
};
const book = (email: string, given: object = {}) =>
  bookings.put(school, BookingInput.parse({ contact: { email }, product_key: 'sks', ...given }), {
    actor,
    now: clock.now(),
  });
const planOf = async (id: string) => {
  await loops.drain();
  const plan = await new PgPlanStore(db.app).ofBooking(school, id as BookingId);
  return plan?.items.map((item) => `${item.step?.id} ${item.planned_at} ${item.status}`);
};
const eventsOf = async (id: string) =>
  (
    await db.owner.query(
      'select type from events where org_id = $1 and subject_id = $2 order by recorded_at',
      [school, id],
    )
  ).rows.map((row) => row.type);

test('a booking with the dates of its product moves along, and so does its plan', async () => {
  await publish(db, school, 'before', {
    name: 'Before',
    trigger: { type: 'event', event: 'booking.created' },
    steps: [before('day', 'subject.starts_at')],
  });
  const { id } = await book('mia@example.com');
  const own = await book('ole@example.com', { starts_at: '2026-05-02T07:00:00Z' });
  expect(await planOf(id)).toEqual(['day 2026-04-30T07:00:00.000Z scheduled']);
  await change({ starts_at: '2026-06-01T07:00:00.000Z', ends_at: '2026-06-05T15:00:00.000Z' });
  expect(await planOf(id)).toEqual(['day 2026-05-31T07:00:00.000Z scheduled']);
  expect(await planOf(own.id)).toEqual(['day 2026-05-01T07:00:00.000Z scheduled']);
  expect(await bookings.find(school, id as BookingId)).toMatchObject({
    starts_at: '2026-06-01T07:00:00.000Z',
    ends_at: '2026-06-05T15:00:00.000Z',
    revision: 2,
  });
  expect(await eventsOf(id)).toEqual(['booking.created', 'booking.rescheduled']);
  expect(await eventsOf(own.id)).toEqual(['booking.created', 'booking.changed']);
  expect(await eventsOf(course.id)).toEqual(['product.updated']);
});

test('messages planned around a date of the product move with it; those of a cancelled booking stay away', async () => {
  await publish(db, school, 'before', {
    name: 'Before',
    trigger: { type: 'event', event: 'booking.created' },
    steps: [before('day', 'product.starts_at')],
  });
  const own = { starts_at: '2026-05-02T07:00:00Z' };
  const { id } = await book('mia@example.com', own);
  const cancelled = await book('ole@example.com', own);
  await bookings.change(school, cancelled.id as BookingId, { kind: 'cancel' }, { actor, now: clock.now() });
  expect(await planOf(id)).toEqual(['day 2026-04-30T07:00:00.000Z scheduled']);
  await change({ starts_at: '2026-05-03T07:00:00.000Z' });
  expect(await planOf(id)).toEqual(['day 2026-05-02T07:00:00.000Z scheduled']);
  expect(await planOf(cancelled.id)).toEqual([]);
  expect(await eventsOf(cancelled.id)).toEqual(['booking.created', 'booking.cancelled']);
});

test('saving a product as it is tells nobody', async () => {
  const { id } = await book('mia@example.com');
  await change({ name: course.name, location: course.location });
  expect(await eventsOf(id)).toEqual(['booking.created']);
  expect(await eventsOf(course.id)).toEqual([]);
});

test('more bookings than one statement takes follow all the same', async () => {
  const { contact_id } = await book('mia@example.com');
  await db.owner.query(
    `insert into bookings (org_id, id, contact_id, product_id, starts_at, ends_at, time_zone)
     select $1, gen_random_uuid(), $2, $3, $4, $4::timestamptz + interval '1 day', 'UTC' from generate_series(1, 1100)`,
    [school, contact_id, course.id, course.starts_at],
  );
  await change({ starts_at: '2026-05-02T07:00:00.000Z' });
  const { rows } = await db.owner.query(
    `select starts_at, revision, count(*)::int as n,
       count(*) filter (where ends_at = '2026-05-03T07:00:00Z')::int as one_day
     from bookings where org_id = $1 group by 1, 2`,
    [school],
  );
  expect(rows).toEqual([
    { starts_at: new Date('2026-05-02T07:00:00Z'), revision: 2, n: 1101, one_day: 1100 },
  ]);
});

test('a booking that is made while its product moves has the new date', async () => {
  await Promise.all([
    ...Array.from({ length: 8 }, (_, n) => book(`first${n}@example.com`)),
    change({ starts_at: '2026-05-02T07:00:00.000Z' }),
    ...Array.from({ length: 8 }, (_, n) => book(`second${n}@example.com`)),
  ]);
  const { rows } = await db.owner.query('select distinct starts_at from bookings where org_id = $1', [
    school,
  ]);
  expect(rows).toEqual([{ starts_at: new Date('2026-05-02T07:00:00Z') }]);
});
