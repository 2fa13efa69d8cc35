import { BookingInput } from '@halyard/contracts/bookings/routes';
import type { ContactId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PgBookingStore } from './bookings.js';
import { loadFacts } from './facts.js';
import { PgProductStore } from './products.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

const by = { actor: { type: 'automation' as const, id: 'test' }, now: new Date() };
let db: TestDatabase;
let school: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  school = await db.organization('Haff Sailing');
});
afterAll(() => db.drop());

async function booked() {
  const product = await new PgProductStore(db.app, randomIds).insert(
    school,
    randomIds(),
    { name: 'SKS', kind: 'event', location: { name: 'Ueckermünde' }, organizer: {}, attributes: { days: 5 } },
    { actor: by.actor, action: 'product.created' },
  );
  return new PgBookingStore(db.app, randomIds).put(
    school,
    BookingInput.parse({
      contact: {
        email: 'mia@example.com',
        phone: '+4930123456',
        attributes: { level: 'beginner' },
      },
      product_id: product.id,
      starts_at: '2026-05-01T09:00:00+02:00',
      ends_at: '2026-05-01T18:00:00+02:00',
      attributes: { boat: 'Flora' },
    }),
    by,
  );
}

test('facts come in the order asked, with what is there and null for what is not', async () => {
  const booking = await booked();
  const contactId = booking.contact_id as ContactId;
  const nobody = { orgId: school, contactId: null, subject: null, event: null, runId: null };
  const [empty, full] = await db.worker.across((tx) =>
    loadFacts(tx, [nobody, { ...nobody, contactId, subject: { type: 'booking', id: booking.id } }]),
  );
  expect(empty).toMatchObject({ contact: null, subject: null, product: null, event: null, steps: {} });
  expect(full).toMatchObject({
    contact: { id: contactId, phone: '+4930123456', attributes: { level: 'beginner' } },
    subject: { type: 'booking', status: 'confirmed', attributes: { boat: 'Flora' }, revision: 1 },
    product: { name: 'SKS', location: { name: 'Ueckermünde' }, attributes: { days: 5 } },
    organization: { name: 'Haff Sailing', time_zone: 'Europe/Berlin' },
  });
  const subject = full?.subject as { starts_at: string } | undefined;
  expect(new Date(subject?.starts_at ?? 0).toISOString()).toBe(booking.starts_at);
});

test('a subject of another service keeps its name, and an event is found by its id', async () => {
  const { id: eventId } = (await db.owner.query('select id from events limit 1')).rows[0];
  const subject = { type: 'booking', id: 'not-one-of-ours' };
  const request = { orgId: school, contactId: null, subject, event: eventId, runId: null };
  const [facts] = await db.app.forOrg(school, (tx) => loadFacts(tx, [request]));
  expect(facts).toMatchObject({ subject, product: null, event: { id: eventId } });
});

test('another organization sees nothing', async () => {
  const other = await db.organization('Another school');
  const booking = await booked();
  const contactId = booking.contact_id as ContactId;
  const subject = { type: 'booking', id: booking.id };
  const request = { orgId: other, contactId, subject, event: null, runId: null };
  const [across] = await db.worker.across((tx) => loadFacts(tx, [request]));
  expect(across).toMatchObject({ contact: null, product: null, subject });
  const [seen] = await db.app.forOrg(other, (tx) => loadFacts(tx, [{ ...request, orgId: school }]));
  expect(seen).toMatchObject({ contact: null, product: null, organization: null });
});
