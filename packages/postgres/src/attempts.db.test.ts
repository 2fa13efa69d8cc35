import { afterAll, beforeAll, expect, test } from 'vitest';
import { PgAttemptStore } from './attempts.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

let db: TestDatabase;
let store: PgAttemptStore;
beforeAll(async () => {
  db = await openTestDatabase();
  store = new PgAttemptStore(db.app);
});
afterAll(() => db.drop());

const key = (name: string) => Buffer.from(name);

test('attempts at the same moment are all counted', async () => {
  const counted = await Promise.all(Array.from({ length: 20 }, () => store.count(key('busy'), 60)));
  expect(counted.map(({ count }) => count).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 20 }, (_, n) => n + 1),
  );
});

test('a window that is over begins anew, and forgotten attempts do not count', async () => {
  await store.count(key('a'), 60);
  expect((await store.count(key('a'), 60)).count).toBe(2);
  await db.owner.query(`update auth.attempts set expires_at = now() - interval '1 second' where key = $1`, [
    key('a'),
  ]);
  const again = await store.count(key('a'), 60);
  expect(again.count).toBe(1);
  expect(again.secondsLeft).toBeGreaterThan(55);
  await store.forget(key('a'));
  expect((await store.count(key('a'), 60)).count).toBe(1);
});

test('windows that are over are cleared on the way', async () => {
  await store.count(key('old'), 60);
  await db.owner.query(`update auth.attempts set expires_at = now() - interval '1 day' where key = $1`, [
    key('old'),
  ]);
  await store.count(key('new'), 60);
  const { rowCount } = await db.owner.query('select from auth.attempts where key = $1', [key('old')]);
  expect(rowCount).toBe(0);
});
