import { randomBytes } from 'node:crypto';
import { rotateSecrets } from '@halyard/core/connections/rotate-secrets';
import { aadOf, SecretBox } from '@halyard/core/connections/secret-box';
import type { ConnectionId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PgConnectionStore } from './connections.js';
import { PgSealedSecrets } from './sealed-secrets.js';
import { newConnection } from './testing/new-connection.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

const audit = { actor: { type: 'automation' as const, id: 'test' }, action: 'connection.created' };
const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;

let db: TestDatabase;
let store: PgConnectionStore;
let school: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  store = new PgConnectionStore(db.app);
  school = await db.organization();
});
afterAll(() => db.drop());

test('a connection is read back as it was written, its secrets sealed', async () => {
  const sealed = { box: randomBytes(100), keyId: 'k1' };
  const at = new Date('2026-05-01T09:00:00Z');
  const written = await store.insert(
    school,
    newConnection({
      sealed,
      secretNames: ['api_key'],
      ratePerSecond: 10,
      price: { amount: 0.07, currency: 'EUR', per: 'segment' },
      test: { at, error: null },
    }),
    audit,
  );
  expect(written).toMatchObject({
    orgId: school,
    sealed,
    secretNames: ['api_key'],
    ratePerSecond: 10,
    price: { amount: 0.07, currency: 'EUR', per: 'segment' },
    status: 'active',
    breaker: { state: 'closed', failures: 0, retryAt: null, reason: null },
    testedAt: at,
    testError: null,
  });
  expect(await store.find(school, written.id)).toEqual(written);
});

test('a change touches only what it names', async () => {
  const before = await store.insert(
    school,
    newConnection({ sealed: { box: Buffer.from('old'), keyId: 'k1' }, secretNames: ['api_key'] }),
    audit,
  );
  const after = await store.update(school, before.id, { priority: 5, price: null }, audit);
  expect(after).toEqual({ ...before, priority: 5, updatedAt: expect.any(Date) });
  const withoutSecrets = await store.update(
    school,
    before.id,
    { secrets: { sealed: null, names: [] } },
    audit,
  );
  expect(withoutSecrets).toMatchObject({ sealed: null, secretNames: [], priority: 5 });
});

test('of two changes that rest on the same state the second is refused', async () => {
  const before = await store.insert(school, newConnection({ settings: { from: 'a' } }), audit);
  const restsOn = before.updatedAt;
  const first = await store.update(school, before.id, { restsOn, settings: { from: 'b' } }, audit);
  expect(first).toMatchObject({ settings: { from: 'b' } });
  const second = store.update(school, before.id, { restsOn, settings: { to: 'c' } }, audit);
  await expect(second).rejects.toMatchObject({ code: 'conflict' });
  expect(await store.find(school, before.id)).toEqual(first);
});

test('two connections cannot have the same name', async () => {
  await store.insert(school, newConnection({ name: 'Mail' }), audit);
  await expect(store.insert(school, newConnection({ name: 'Mail' }), audit)).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('resuming closes the breaker', async () => {
  const { id } = await store.insert(school, newConnection(), audit);
  await db.worker.forOrg(school, (tx) =>
    tx
      .updateTable('connections')
      .set({ status: 'paused', breaker_state: 'open', breaker_failures: 7, breaker_reason: 'auth' })
      .where('org_id', '=', school)
      .where('id', '=', id)
      .execute(),
  );
  expect(await store.find(school, id)).toMatchObject({
    status: 'paused',
    breaker: { failures: 7, reason: 'auth' },
  });
  expect(await store.setStatus(school, id, 'active', audit)).toMatchObject({
    status: 'active',
    breaker: { state: 'closed', failures: 0, reason: null },
  });
});

test('a webhook finds its connection by the token, and nothing without it', async () => {
  const { id, webhookToken } = await store.insert(school, newConnection(), audit);
  expect(await store.findByWebhookToken(webhookToken)).toMatchObject({ id, orgId: school });
  for (const token of ['', 'nobody', '%', `${webhookToken}x`])
    expect(await store.findByWebhookToken(token)).toBeNull();
});

test('the look-up by token leaves nothing open behind it', async () => {
  const { webhookToken } = await store.insert(school, newConnection(), audit);
  const client = await db.app.pool.connect();
  try {
    await client.query('select * from connection_of_webhook($1)', [webhookToken]);
    expect((await client.query('select * from connections')).rows).toEqual([]);
    await client.query('begin');
    await client.query('select * from connection_of_webhook($1)', [webhookToken]);
    expect((await client.query('select * from connections')).rows).toEqual([]);
    await client.query('rollback');
  } finally {
    client.release();
  }
});

test('another organization sees nothing and changes nothing', async () => {
  const other = await db.organization('Another school');
  const mine = await store.insert(school, newConnection(), audit);
  expect(await store.find(other, mine.id)).toBeNull();
  expect((await store.list(other, { limit: 10 })).items).toEqual([]);
  expect(await store.update(other, mine.id, { name: 'Mine now' }, audit)).toBeNull();
  expect(await store.setStatus(other, mine.id, 'paused', audit)).toBeNull();
  await store.recordTest(other, mine.id, { at: new Date(), error: 'no' });
  expect(await store.remove(other, mine.id, audit)).toBe('missing');
  expect(await store.find(school, mine.id)).toEqual(mine);
});

test('secrets of every organization are sealed anew by the newest key', async () => {
  const [oldKey, newKey] = [key('old'), key('new')];
  const old = new SecretBox(oldKey);
  const rows: [OrgId, ConnectionId][] = [];
  for (const orgId of [await db.organization('A'), await db.organization('B')]) {
    const id = randomIds<ConnectionId>();
    const sealed = old.seal(`of ${id}`, aadOf(orgId, id));
    await store.insert(orgId, newConnection({ id, sealed, secretNames: ['api_key'] }), audit);
    rows.push([orgId, id]);
  }
  const tables = [new PgSealedSecrets(db.worker, 'connections'), new PgSealedSecrets(db.worker, 'endpoints')];
  const rotated = await rotateSecrets(new SecretBox(`${newKey},${oldKey}`), tables, 1);
  expect(rotated[0]?.resealed).toBe(2);
  const onlyNew = new SecretBox(newKey);
  for (const [orgId, id] of rows) {
    const sealed = (await store.find(orgId, id))?.sealed;
    expect(sealed && onlyNew.open(sealed.box, sealed.keyId, aadOf(orgId, id))).toBe(`of ${id}`);
  }
});
