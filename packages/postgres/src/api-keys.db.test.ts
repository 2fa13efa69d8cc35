import type { StoredApiKey } from '@halyard/core/access/api-keys';
import { hashSecret } from '@halyard/core/access/secrets';
import { automation } from '@halyard/core/actor';
import type { ApiKeyId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PgApiKeyStore } from './api-keys.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

const audit = { actor: automation('test'), action: 'api_key.created' };

let db: TestDatabase;
let store: PgApiKeyStore;
let school: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  store = new PgApiKeyStore(db.app);
  school = await db.organization();
});
afterAll(() => db.drop());

const newKey = (secret: string, expiresAt: Date | null = null): StoredApiKey => ({
  id: randomIds<ApiKeyId>(),
  name: 'shop',
  start: 'hal_abc',
  hash: hashSecret(secret),
  scopes: ['events:read'],
  expiresAt,
  createdBy: null,
});

test('a key is found by its hash until it is revoked', async () => {
  const key = newKey('one');
  await store.insert(school, key, audit);
  expect(await store.findUsable(hashSecret('one'))).toEqual({
    id: key.id,
    orgId: school,
    name: 'shop',
    scopes: ['events:read'],
  });
  expect(await store.revoke(school, key.id, audit)).toBe(true);
  expect(await store.findUsable(hashSecret('one'))).toBeNull();
  expect(await store.revoke(school, key.id, audit)).toBe(false);
});

test('a key is found until it expires', async () => {
  await store.insert(school, newKey('later', new Date(Date.now() + 60_000)), audit);
  await store.insert(school, newKey('over', new Date(Date.now() - 1)), audit);
  expect(await store.findUsable(hashSecret('later'))).not.toBeNull();
  expect(await store.findUsable(hashSecret('over'))).toBeNull();
});

test('last use is written for many keys at once', async () => {
  const keys = [newKey('two'), newKey('three')];
  for (const key of keys) await store.insert(school, key, audit);
  await store.markUsed(keys.map(({ id }) => id));
  const used = (await store.list(school)).filter(({ last_used_at }) => last_used_at !== null);
  expect(used.map(({ id }) => id).sort()).toEqual(keys.map(({ id }) => id).sort());
});

test('another organization sees nothing and changes nothing', async () => {
  const other = await db.organization('Another school');
  const key = newKey('mine');
  await store.insert(school, key, audit);
  expect(await store.list(other)).toEqual([]);
  expect(await store.find(other, key.id)).toBeNull();
  expect(await store.find(school, key.id)).toMatchObject({ id: key.id });
  expect(await store.revoke(other, key.id, audit)).toBe(false);
  expect(await store.findUsable(hashSecret('mine'))).toMatchObject({ orgId: school });
});
