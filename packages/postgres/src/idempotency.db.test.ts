import { EventInput } from '@halyard/contracts/events/event';
import { systemClock } from '@halyard/core/clock';
import { Events } from '@halyard/core/events/events';
import type { KeyedRequest } from '@halyard/core/idempotency/idempotency';
import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { afterCommit } from './database.js';
import { PgEventStore } from './events.js';
import { PgIdempotencyStore } from './idempotency.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

const request = (key: string, asked = 'this'): KeyedRequest => ({
  key,
  route: 'createProduct',
  fingerprint: Buffer.from(asked),
});
const answer = { status: 201, body: { id: 'p1' } };

let db: TestDatabase;
let store: PgIdempotencyStore;
let school: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  store = new PgIdempotencyStore(db.app);
  school = await db.organization();
});
afterAll(() => db.drop());

test('the second request gets the first answer, and is refused when it asks for something else', async () => {
  expect(await store.once(school, request('a'), async () => answer)).toEqual({ kind: 'done', answer });
  const again = await store.once(school, request('a'), async () => ({ status: 201, body: 'never' }));
  expect(again).toEqual({ kind: 'replayed', answer });
  expect(await store.once(school, request('a', 'that'), async () => answer)).toEqual({
    kind: 'other_request',
  });
});

test('while the first one runs the second is told so', async () => {
  const first = await store.once(school, request('slow'), async () => {
    // As another request would: on a connection of its own.
    const second = await new Promise((resolve) => setImmediate(resolve)).then(() =>
      new PgIdempotencyStore(db.app).once(school, request('slow'), async () => answer),
    );
    expect(second).toEqual({ kind: 'running' });
    return answer;
  });
  expect(first.kind).toBe('done');
});

test('what failed is not kept, and nothing of it stays', async () => {
  const failing = store.once(school, request('fails'), async () => {
    await db.app.forOrg(school, (tx) =>
      tx.insertInto('topics').values({ org_id: school, key: 'half', name: '{}' }).execute(),
    );
    throw new Error('crash');
  });
  await expect(failing).rejects.toThrow('crash');
  const topics = await db.app.forOrg(school, (tx) => tx.selectFrom('topics').select('key').execute());
  expect(topics).toEqual([]);
  expect((await store.once(school, request('fails'), async () => answer)).kind).toBe('done');
});

test('a part that breaks a constraint fails alone, also when parts are begun together', async () => {
  const insert = (key: string) =>
    db.app.forOrg(school, (tx) =>
      tx.insertInto('topics').values({ org_id: school, key, name: '{}' }).execute(),
    );
  const kept = await store.once(school, request('parts'), async () => {
    const results = await Promise.allSettled([insert('x'), insert('x'), insert('y')]);
    return { status: 200, body: results.map((result) => result.status) };
  });
  expect(kept).toMatchObject({ answer: { body: ['fulfilled', 'rejected', 'fulfilled'] } });
});

test('loops are woken after the commit, not before', async () => {
  const order: string[] = [];
  await store.once(school, request('wakes'), async () => {
    afterCommit(() => order.push('woken'));
    order.push('answered');
    return answer;
  });
  expect(order).toEqual(['answered', 'woken']);
});

test('after two days a key is free again', async () => {
  await store.once(school, request('old'), async () => answer);
  await db.app.forOrg(school, (tx) =>
    tx
      .updateTable('idempotency_keys')
      .set({ created_at: new Date(Date.now() - 49 * 3_600_000) })
      .execute(),
  );
  const other = await store.once(school, request('old', 'something else'), async () => answer);
  expect(other.kind).toBe('done');
});

test('another organization has keys of its own', async () => {
  const other = await db.organization('Another school');
  await store.once(school, request('mine'), async () => answer);
  const theirs = await store.once(other, request('mine', 'theirs'), async () => ({
    status: 200,
    body: 'theirs',
  }));
  expect(theirs).toMatchObject({ kind: 'done', answer: { body: 'theirs' } });
});

test('an event of one request is never in the transaction of another, which may come to nothing', async () => {
  const silent = { poke: () => {}, listen: () => () => {} };
  const events = new Events(new PgEventStore(db.app, randomIds), systemClock, silent);
  const login = (email: string) =>
    EventInput.parse({ type: 'user.login', contact: { email }, create_contact: true });
  const recording = Promise.withResolvers<void>();
  const acknowledged = Promise.withResolvers<void>();
  const keyed = store.once(school, request('fails'), async () => {
    const own = events.record(school, login('mia@example.com'));
    recording.resolve();
    await own;
    await acknowledged.promise;
    throw new Error('this request comes to nothing');
  });
  await recording.promise;
  await events.record(school, login('noa@example.com'));
  acknowledged.resolve();
  await expect(keyed).rejects.toThrow('nothing');
  const { rows } = await db.owner.query(
    `select address from identities where org_id = $1 and kind = 'email' order by address`,
    [school],
  );
  expect(rows).toEqual([{ address: 'noa@example.com' }]);
});
