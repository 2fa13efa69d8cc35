import { BookingInput } from '@halyard/contracts/bookings/routes';
import type { BookingId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PgBookingStore } from './bookings.js';
import { PgProductStore } from './products.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

const by = { actor: { type: 'automation' as const, id: 'test' }, now: new Date('2026-04-01T10:00:00Z') };
const audit = { actor: by.actor, action: 'product.created' };

let db: TestDatabase;
let store: PgBookingStore;
let school: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  store = new PgBookingStore(db.app, randomIds);
  school = await db.organization();
  await new PgProductStore(db.app, randomIds).insert(
    school,
    randomIds(),
    {
      key: 'sks',
      name: 'SKS course',
      kind: 'event',
      starts_at: '2026-05-01T09:00:00+02:00',
      ends_at: '2026-05-05T17:00:00+02:00',
      time_zone: 'Europe/Berlin',
      location: {},
      organizer: {},
      attributes: {},
    },
    audit,
  );
});
afterAll(() => db.drop());

const input = (given: object) =>
  BookingInput.parse({
    contact: { email: 'mia@example.com', first_name: 'Mia' },
    product_key: 'sks',
    ...given,
  });

const typesOf = async (id: string) => {
  const { rows } = await db.owner.query<{ type: string; revision: number }>(
    `select type, (payload->>'revision')::int as revision from events where subject_id = $1 order by recorded_at`,
    [id],
  );
  return rows.map((row) => `${row.type}@${row.revision}`);
};

test('a booking takes its dates and zone from the product, and makes the contact', async () => {
  const booking = await store.put(school, input({}), by);
  expect(booking).toMatchObject({
    status: 'confirmed',
    revision: 1,
    starts_at: '2026-05-01T07:00:00.000Z',
    ends_at: '2026-05-05T15:00:00.000Z',
    time_zone: 'Europe/Berlin',
  });
  const { rows } = await db.owner.query('select first_name from contacts where id = $1', [
    booking.contact_id,
  ]);
  expect(rows).toEqual([{ first_name: 'Mia' }]);
  expect(await typesOf(booking.id)).toEqual(['booking.created@1']);
});

test('every change is a revision with its event, its audit line and a pending decision', async () => {
  const { id } = await store.put(school, input({}), by);
  const change = (kind: object) => store.change(school, id as BookingId, kind as never, by);
  await change({ kind: 'reschedule', startsAt: '2026-05-08T09:00:00+02:00' });
  await change({ kind: 'check_in' });
  await change({ kind: 'check_in' });
  const done = await change({ kind: 'complete' });
  expect(done).toMatchObject({ status: 'completed', revision: 4, ends_at: '2026-05-12T15:00:00.000Z' });
  expect(await typesOf(id)).toEqual([
    'booking.created@1',
    'booking.rescheduled@2',
    'booking.checked_in@3',
    'booking.completed@4',
  ]);
  await expect(change({ kind: 'cancel' })).rejects.toMatchObject({ code: 'invalid_state' });
  const { rows } = await db.owner.query(
    `select (select count(*)::int from audit_log where target_id = $1) as audited,
       (select count(*)::int from pending_events join events on events.id = event_id where subject_id = $1) as pending`,
    [id],
  );
  expect(rows).toEqual([{ audited: 4, pending: 4 }]);
});

test('the same external id makes one booking, also when many ask at once', async () => {
  const given = input({ external_id: 'PMS-7', attributes: { boat: 'Flora' } });
  const made = await Promise.all(Array.from({ length: 6 }, () => store.put(school, given, by)));
  expect(new Set(made.map((booking) => `${booking.id}@${booking.revision}`)).size).toBe(1);
  const moved = await store.put(
    school,
    input({ external_id: 'PMS-7', starts_at: '2026-06-01T09:00:00+02:00', attributes: { boat: 'Anna' } }),
    by,
  );
  expect(moved).toMatchObject({ id: made[0]?.id, revision: 3, attributes: { boat: 'Anna' } });
  await expect(
    store.put(school, input({ external_id: 'PMS-7', contact: { email: 'other@example.com' } }), by),
  ).rejects.toMatchObject({ code: 'conflict' });
});

test('attributes are merged and a product can be taken away', async () => {
  const { id } = await store.put(school, input({ attributes: { boat: 'Flora', level: 2 } }), by);
  const changed = await store.update(
    school,
    id as BookingId,
    { attributes: { boat: null, crew: 3 }, product_id: null },
    by,
  );
  expect(changed).toMatchObject({ attributes: { level: 2, crew: 3 }, product_id: null, revision: 2 });
});

test('a product or contact that is not there is named', async () => {
  await expect(store.put(school, input({ product_key: 'none' }), by)).rejects.toMatchObject({
    code: 'invalid_request',
    issues: [{ path: 'body.product_key' }],
  });
  const given = BookingInput.parse({ contact_id: randomIds(), product_key: 'sks' });
  await expect(store.put(school, given, by)).rejects.toMatchObject({ code: 'not_found' });
});

test('a list names who booked and what, and gives what begins soonest first, page by page', async () => {
  const crew = await db.organization('A listed crew');
  const on = (starts_at: string, email: string) => {
    const contact = { email, first_name: email === 'ada@example.com' ? 'Ada' : undefined };
    return store.put(crew, BookingInput.parse({ contact, starts_at, ends_at: starts_at }), by);
  };
  const later = await on('2026-06-03T08:00:00Z', 'ada@example.com');
  const sooner = await on('2026-06-01T08:00:00Z', 'tom@example.com');
  const same = await on('2026-06-03T08:00:00Z', 'tom@example.com');
  expect((await store.find(crew, later.id as BookingId))?.contact?.name).toBe('Ada');
  expect(sooner).not.toHaveProperty('contact');
  const page = (cursor?: string) => store.list(crew, { order: 'start', limit: 2, ...(cursor && { cursor }) });
  const first = await page();
  expect(first.items[0]?.id).toBe(sooner.id);
  expect(first.items[0]?.contact).toMatchObject({ name: null, address: 'tom@example.com' });
  expect(first.items[0]?.product).toBeNull();
  const second = await page(first.next_cursor ?? '');
  expect([...first.items, ...second.items].map(({ id }) => id).sort()).toEqual(
    [sooner.id, later.id, same.id].sort(),
  );
  const booked = await store.put(school, input({}), by);
  expect((await store.find(school, booked.id as BookingId))?.product?.name).toBe('SKS course');
});

test('another organization sees nothing and changes nothing', async () => {
  const other = await db.organization('Another school');
  const { id, contact_id } = await store.put(school, input({}), by);
  expect(await store.find(other, id as BookingId)).toBeNull();
  expect((await store.list(other, { limit: 10, order: 'newest' })).items).toEqual([]);
  expect(await store.change(other, id as BookingId, { kind: 'cancel' }, by)).toBeNull();
  const starts_at = '2026-05-01T09:00:00Z';
  const stolen = BookingInput.parse({ contact_id, starts_at, ends_at: starts_at });
  await expect(store.put(other, stolen, by)).rejects.toMatchObject({ code: 'not_found' });
});
