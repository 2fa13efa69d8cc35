import type { OrgId, ProductId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PgProductStore } from './products.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

const audit = { actor: { type: 'automation' as const, id: 'test' }, action: 'product.created' };
const course = {
  name: 'SKS sailing course',
  kind: 'event',
  location: { name: 'Ueckermünde' },
  organizer: {},
  attributes: { days: 5 },
};

let db: TestDatabase;
let store: PgProductStore;
let school: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  store = new PgProductStore(db.app, randomIds);
  school = await db.organization();
});
afterAll(() => db.drop());

test('a product is read back as it was written', async () => {
  const id = randomIds<ProductId>();
  const written = await store.insert(
    school,
    id,
    { ...course, starts_at: '2026-05-01T09:00:00+02:00' },
    audit,
  );
  expect(written).toMatchObject({
    id,
    name: course.name,
    location: course.location,
    attributes: { days: 5 },
    starts_at: '2026-05-01T07:00:00.000Z',
  });
  expect(await store.find(school, id)).toEqual(written);
});

test('two products cannot have the same key', async () => {
  await store.insert(school, randomIds(), { ...course, key: 'sks' }, audit);
  await expect(store.insert(school, randomIds(), { ...course, key: 'sks' }, audit)).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('another organization sees nothing and changes nothing', async () => {
  const other = await db.organization('Another school');
  const id = randomIds<ProductId>();
  await store.insert(school, id, course, audit);
  expect(await store.find(other, id)).toBeNull();
  expect((await store.list(other, { limit: 10 })).items).toEqual([]);
  expect(await store.update(other, id, { name: 'Mine now' }, { audit, now: new Date() })).toBeNull();
  expect(await store.remove(other, id, audit)).toBe('missing');
  expect(await store.find(school, id)).toMatchObject({ name: course.name });
});

test('a list goes from page to page without losing or repeating a product', async () => {
  const org = await db.organization('Paged');
  for (let n = 0; n < 5; n++) await store.insert(org, randomIds(), { ...course, name: `Course ${n}` }, audit);
  const first = await store.list(org, { limit: 3 });
  const second = await store.list(org, { limit: 3, cursor: first.next_cursor ?? '' });
  expect([...first.items, ...second.items].map((product) => product.name)).toEqual([
    'Course 4',
    'Course 3',
    'Course 2',
    'Course 1',
    'Course 0',
  ]);
  expect(second.next_cursor).toBeNull();
});
