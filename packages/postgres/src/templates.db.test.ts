import { ManualClock } from '@halyard/core/clock';
import type { BookingId, ContactId, OrgId, ProductId, TemplateId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { NewVersion } from '@halyard/core/templates/templates';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PgPreviewStore } from './template-previews.js';
import { PgTemplateStore } from './templates.js';
import { AcademyDesk } from './testing/academy-desk.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

const actor = { type: 'user' as const, id: 'u1', name: 'ada@example.com' };
const audit = { actor, action: 'template.updated' };
const saying = (text: string): NewVersion => ({
  content: { default_locale: 'en', locales: { en: { text } } },
  compiled: { default_locale: 'en', locales: { en: { kind: 'text', text } }, fallback: {} },
  variables: ['firstName'],
});
const reminder = { key: 'reminder', channel: 'sms' as const, productId: null };

let db: TestDatabase;
let store: PgTemplateStore;
let school: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  store = new PgTemplateStore(db.app);
  school = await db.organization();
});
afterAll(() => db.drop());

test('writing the same name again adds a version, the same content does not', async () => {
  const id = randomIds<TemplateId>();
  const first = await store.write(school, id, { ...reminder, name: 'Reminder' }, saying('one'), actor);
  expect(first.summary).toMatchObject({ id, name: 'Reminder', current_version: 1 });
  const second = await store.write(school, randomIds(), reminder, saying('two'), actor);
  expect(second).toMatchObject({ summary: { id, name: 'Reminder', current_version: 2 } });
  const same = await store.write(school, randomIds(), reminder, saying('two'), actor);
  expect(same.summary.current_version).toBe(2);
  expect(await store.versions(school, id)).toMatchObject([
    { number: 2, current: true, created_by: 'ada@example.com', variables: ['firstName'] },
    { number: 1, current: false },
  ]);
});

test('a list tells in which languages each is written, the default first, and is searched by name and key', async () => {
  const school = await db.organization();
  const saying = (text: string): NewVersion => ({
    content: { default_locale: 'en', locales: { de: { text }, en: { text }, 'de-AT': { text } } },
    compiled: { default_locale: 'en', locales: {}, fallback: {} },
    variables: [],
  });
  await store.write(school, randomIds(), { ...reminder, name: 'Before you 100% sail' }, saying('a'), actor);
  await store.write(school, randomIds(), { ...reminder, key: 'thanks' }, saying('b'), actor);
  const found = async (search?: string) =>
    (await store.list(school, { archived: false, limit: 50, search })).items.map(({ key }) => key);
  expect((await store.list(school, { archived: false, limit: 1 })).items[0]?.locales).toEqual([
    'en',
    'de',
    'de-AT',
  ]);
  expect(await found()).toEqual(['thanks', 'reminder']);
  expect([await found('100% SAIL'), await found('minder'), await found('%')]).toEqual([
    ['reminder'],
    ['reminder'],
    ['reminder'],
  ]);
});

test('rolling back keeps the newer version, and the next one is numbered after it', async () => {
  const name = { ...reminder, key: 'rolled' };
  const id = randomIds<TemplateId>();
  await store.write(school, id, name, saying('one'), actor);
  await store.write(school, id, name, saying('two'), actor);
  await store.update(school, id, { current_version: 1 }, audit);
  expect((await store.find(school, id))?.version.content).toEqual(saying('one').content);
  expect((await store.find(school, id, 2))?.version).toMatchObject({ number: 2, current: false });
  const third = await store.write(school, id, name, saying('two'), actor);
  expect(third.summary.current_version).toBe(3);
});

test('versions written at the same moment get numbers of their own', async () => {
  const id = randomIds<TemplateId>();
  const name = { ...reminder, key: 'raced' };
  await Promise.all(['a', 'b', 'c', 'd'].map((text) => store.write(school, id, name, saying(text), actor)));
  expect((await store.versions(school, id))?.map((version) => version.number)).toEqual([4, 3, 2, 1]);
});

test('an archived template leaves the list and comes back when it is written again', async () => {
  const id = randomIds<TemplateId>();
  const name = { ...reminder, key: 'archived' };
  await store.write(school, id, name, saying('one'), actor);
  const listed = async (archived: boolean) =>
    (await store.list(school, { limit: 10, archived, key: 'archived' })).items.map((item) => item.id);
  await store.update(school, id, { archived: true }, audit);
  expect([await listed(false), await listed(true)]).toEqual([[], [id]]);
  await store.write(school, id, name, saying('one'), actor);
  expect([await listed(false), await listed(true)]).toEqual([[id], []]);
});

test('a product must be one of this organization', async () => {
  const product = { ...reminder, productId: randomIds<ProductId>() };
  await expect(store.write(school, randomIds(), product, saying('x'), actor)).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('another organization sees nothing and changes nothing', async () => {
  const other = await db.organization('Another school');
  const id = randomIds<TemplateId>();
  await store.write(school, id, { ...reminder, key: 'mine' }, saying('mine'), actor);
  expect(await store.find(other, id)).toBeNull();
  expect(await store.versions(other, id)).toBeNull();
  expect(await store.update(other, id, { name: 'Mine now' }, audit, saying('theirs'))).toBeNull();
  expect((await store.list(other, { limit: 10, archived: false })).items).toEqual([]);
  const theirs = await store.write(other, randomIds(), { ...reminder, key: 'mine' }, saying('theirs'), actor);
  expect(theirs.summary.id).not.toBe(id);
  expect((await store.find(school, id))?.version.content).toEqual(saying('mine').content);
});

test('a preview has the facts of its booking or enrollment, and of no other organization’s', async () => {
  const previews = new PgPreviewStore(db.app);
  const other = await db.organization('A third school');
  const [contactId, bookingId] = [randomIds<ContactId>(), randomIds<BookingId>()];
  await db.owner.query(`insert into contacts (org_id, id, first_name) values ($1, $2, 'Ada')`, [
    school,
    contactId,
  ]);
  await db.owner.query(
    `insert into bookings (org_id, id, contact_id, starts_at, ends_at, time_zone) values ($1, $2, $3, now(), now(), 'UTC')`,
    [school, bookingId, contactId],
  );
  const desk = new AcademyDesk(db, school, new ManualClock(new Date('2026-05-01T09:00:00Z')));
  await desk.putCourse();
  const enrolled = await desk.enroll('mia@example.com');
  const booking = { contactId: null, subject: { type: 'booking' as const, id: bookingId } };
  const enrollment = { contactId: null, subject: { type: 'enrollment' as const, id: enrolled.id } };
  expect(await previews.facts(school, booking)).toMatchObject({
    contact: { first_name: 'Ada' },
    subject: { id: bookingId },
  });
  expect(await previews.facts(school, enrollment)).toMatchObject({
    contact: { email: 'mia@example.com' },
    subject: { course: { name: 'Knots' } },
  });
  for (const theirs of [booking, enrollment, { contactId, subject: null }])
    expect(await previews.facts(other, theirs)).toBeNull();
  const nothing = { contactId: null, subject: null };
  expect(await previews.facts(other, nothing)).toMatchObject({ organization: { name: 'A third school' } });
});
