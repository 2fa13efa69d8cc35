import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';
import { PgTopicStore } from './topics.js';

const audit = { actor: { type: 'automation' as const, id: 'test' }, action: 'topic.created' };
const news = { key: 'news', name: { en: 'News', de: 'Neues' }, description: {} };
let db: TestDatabase;
let store: PgTopicStore;
beforeAll(async () => {
  db = await openTestDatabase();
  store = new PgTopicStore(db.app);
});
afterAll(() => db.drop());

test('a topic is made once, renamed and removed', async () => {
  const school = await db.organization();
  await store.insert(school, news, audit);
  await expect(store.insert(school, news, audit)).rejects.toMatchObject({ code: 'conflict' });
  expect(await store.update(school, 'news', { name: { en: 'Updates' } }, audit)).toMatchObject({
    name: { en: 'Updates' },
  });
  expect(await store.remove(school, 'news', audit)).toBe('removed');
  expect(await store.remove(school, 'news', audit)).toBe('missing');
});

test('another organization sees nothing and changes nothing', async () => {
  const school = await db.organization();
  const other = await db.organization('Other school');
  await store.insert(school, news, audit);
  expect(await store.list(other)).toEqual([]);
  expect(await store.update(other, 'news', { name: { en: 'Mine' } }, audit)).toBeNull();
  expect(await store.remove(other, 'news', audit)).toBe('missing');
  expect(await store.list(school)).toMatchObject([{ name: { en: 'News' } }]);
});
