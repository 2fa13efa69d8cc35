import type { DeliveryId, EndpointId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PgDeliveryStore } from './deliveries.js';
import { PgEndpointStore } from './endpoints.js';
import { tellOutside } from './outbox-writer.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

const actor = { type: 'automation' as const, id: 'test' };
const audit = { actor, action: 'endpoint.created' };
const sealed = { box: Buffer.from('sealed'), keyId: 'k1' };
const at = new Date('2026-05-01T08:00:00Z');
let db: TestDatabase;
let endpoints: PgEndpointStore;
let deliveries: PgDeliveryStore;
let school: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  endpoints = new PgEndpointStore(db.app);
  deliveries = new PgDeliveryStore(db.app);
});
beforeEach(async () => {
  school = await db.organization();
});
afterAll(() => db.drop());

const make = async (types: ('*' | 'message.sent' | 'message.opened')[] = ['*']) => {
  const id = randomIds<EndpointId>();
  await endpoints.insert(school, id, { url: 'https://example.com', event_types: types }, sealed, audit);
  return id;
};
const tell = (type: string, occurredAt = at) =>
  db.app.forOrg(school, (tx) =>
    tellOutside(tx, [{ orgId: school, id: randomIds<never>(), type, payload: {}, occurredAt }]),
  );
const listed = async (id: EndpointId) => (await deliveries.list(school, id, { limit: 50 }))?.items ?? [];

test('a new secret replaces the sealed one and nothing is shown of it', async () => {
  const id = await make();
  const shown = await endpoints.reseal(
    school,
    id,
    (now) => ({ box: Buffer.concat([now.box, Buffer.from('+')]), keyId: 'k2' }),
    audit,
  );
  expect(JSON.stringify(shown)).not.toMatch(/sealed|k2/);
  const { rows } = await db.owner.query('select secrets, key_id from endpoints where id = $1', [id]);
  expect(rows).toEqual([{ secrets: Buffer.from('sealed+'), key_id: 'k2' }]);
});

test('a disabled endpoint gets no test; enabled again it is as new', async () => {
  const id = await make();
  expect(await endpoints.disable(school, id, 'By hand.', audit)).toMatchObject({ status: 'disabled' });
  expect(await endpoints.sendTest(school, id, at)).toBeNull();
  expect(await endpoints.enable(school, id, audit)).toMatchObject({
    status: 'active',
    disabled_reason: null,
  });
  expect(await endpoints.sendTest(school, id, at)).toMatchObject({
    type: 'endpoint.test',
    status: 'pending',
  });
});

test('a delivery is replayed from the first try on, with the same webhook id and body', async () => {
  const id = await make();
  await tell('message.sent');
  const [before] = await listed(id);
  await db.owner.query(`update deliveries set status = 'failed', tries = 8, finished_at = now()`);
  const again = await deliveries.replay(school, before?.id as DeliveryId, actor);
  expect(again).toMatchObject({
    status: 'pending',
    tries: 0,
    webhook_id: before?.webhook_id,
    finished_at: null,
  });
});

test('all since a time is replayed: what it was told, and what others were told before it existed', async () => {
  const first = await make(['message.sent']);
  await tell('message.sent', new Date('2026-04-01T08:00:00Z'));
  await tell('message.sent');
  await db.owner.query(
    `update deliveries set status = 'delivered', created_at = '2026-05-02' where org_id = $1`,
    [school],
  );
  const late = await make(['message.sent']);
  const since = new Date('2026-04-30T00:00:00Z');
  expect(await deliveries.replaySince(school, late, { since, failedOnly: false }, actor)).toBe(1);
  expect(await deliveries.replaySince(school, late, { since, failedOnly: false }, actor)).toBe(0);
  expect((await listed(late)).map((one) => one.status)).toEqual(['pending']);
  expect(await deliveries.replaySince(school, first, { since, failedOnly: true }, actor)).toBe(0);
  expect(await deliveries.replaySince(school, first, { since, failedOnly: false }, actor)).toBe(2);
});

test('another organization sees nothing and changes nothing', async () => {
  const id = await make();
  await tell('message.sent');
  const [delivery] = await listed(id);
  const other = await db.organization('Other school');
  expect(await endpoints.find(other, id)).toBeNull();
  expect((await endpoints.list(other, { limit: 10 })).items).toEqual([]);
  expect(await endpoints.update(other, id, { url: 'https://evil.example' }, audit)).toBeNull();
  expect(await endpoints.reseal(other, id, (now) => now, audit)).toBeNull();
  expect(await endpoints.sendTest(other, id, at)).toBeNull();
  expect(await endpoints.remove(other, id, audit)).toBe(false);
  expect(await deliveries.list(other, id, { limit: 10 })).toBeNull();
  expect(await deliveries.find(other, delivery?.id as DeliveryId)).toBeNull();
  expect(await deliveries.replay(other, delivery?.id as DeliveryId, actor)).toBeNull();
  expect(await deliveries.replaySince(other, id, { since: at, failedOnly: false }, actor)).toBeNull();
  expect(await endpoints.find(school, id)).toMatchObject({ url: 'https://example.com', status: 'active' });
});
