import type { OrgId } from '@halyard/core/ids';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PgSuppressionStore } from './suppression-store.js';
import { suppress, suppressedAmong } from './suppressions.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

const actor = { type: 'automation' as const, id: 'test' };
const anna = { channel: 'email' as const, address: 'anna@example.org' };
let db: TestDatabase;
let store: PgSuppressionStore;
let school: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  store = new PgSuppressionStore(db.app);
});
beforeEach(async () => {
  school = await db.organization();
});
afterAll(() => db.drop());

const among = (...addresses: Parameters<typeof suppressedAmong>[2]) =>
  db.app.forOrg(school, (tx) => suppressedAmong(tx, school, addresses));

test('an address is suppressed on its channel until it is taken off, and keeps its first reason', async () => {
  await store.add(school, { ...anna, reason: 'complaint', source: 'resend' }, actor);
  const again = await store.add(school, { ...anna, reason: 'manual', source: 'api' }, actor);
  expect(again.reason).toBe('complaint');
  expect(await among(anna, { channel: 'sms', address: '+4915123456789' }, anna)).toEqual([true, false, true]);
  expect(await store.remove(school, anna, actor)).toBe(true);
  expect(await store.remove(school, anna, actor)).toBe(false);
  expect(await among(anna)).toEqual([false]);
});

test('the audit log tells who did it and holds no address', async () => {
  await store.add(school, { ...anna, reason: 'manual', source: 'api' }, actor);
  await store.remove(school, anna, actor);
  const { rows } = await db.owner.query(
    'select action, changes, target_id from audit_log where org_id = $1 order by seq',
    [school],
  );
  expect(rows.map((row) => row.action)).toEqual(['suppression.added', 'suppression.removed']);
  expect(JSON.stringify(rows)).not.toContain('anna');
});

test('a list goes from page to page, also when rows were written in one moment', async () => {
  const many = ['a', 'b', 'c', 'd', 'e'].map((name) => ({
    channel: 'email' as const,
    address: `${name}@example.org`,
  }));
  await db.app.forOrg(school, (tx) =>
    suppress(
      tx,
      school,
      many.map((one) => ({ ...one, reason: 'manual', source: 'test' })),
    ),
  );
  const first = await store.list(school, { limit: 3 });
  const second = await store.list(school, { limit: 3, cursor: first.next_cursor ?? '' });
  expect([...first.items, ...second.items].map((one) => one.address).sort()).toEqual(
    many.map((one) => one.address),
  );
});

test('another organization sees nothing and takes nothing off', async () => {
  await store.add(school, { ...anna, reason: 'manual', source: 'api' }, actor);
  const other = await db.organization('Other school');
  expect((await store.list(other, { limit: 10 })).items).toEqual([]);
  expect(await store.remove(other, anna, actor)).toBe(false);
  expect(await among(anna)).toEqual([true]);
});
