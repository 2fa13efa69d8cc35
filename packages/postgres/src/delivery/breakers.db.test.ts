import { ManualClock } from '@halyard/core/clock';
import type { ConnectionId, OrgId } from '@halyard/core/ids';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  addConnection,
  addContact,
  addMessage,
  messageRow,
  RecordingProvider,
  testWorker,
} from '../testing/delivery.js';
import type { TestDatabase } from '../testing/test-database.js';
import { openTestDatabase } from '../testing/test-database.js';

let db: TestDatabase;
let school: OrgId;
let connection: ConnectionId;
let provider: RecordingProvider;
const noon = new Date('2026-06-01T10:00:00Z');
let clock: ManualClock;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  await db.owner.query('delete from messages');
  school = await db.organization();
  connection = await addConnection(db, school);
  provider = new RecordingProvider();
  clock = new ManualClock(noon);
});

const add = async (address: string, messageClass: 'transactional' | 'marketing' = 'marketing') => {
  const contact = await addContact(db, school, { email: address });
  return addMessage(db, school, contact, { at: noon, class: messageClass });
};

const breakerOf = async () =>
  (
    await db.owner.query(
      'select breaker_state as state, breaker_failures as failures from connections where id = $1',
      [connection],
    )
  ).rows[0];

const open = () =>
  db.owner.query(
    `update connections set breaker_state = 'open', breaker_failures = 5, breaker_retry_at = $2 where id = $1`,
    [connection, new Date(noon.getTime() - 1_000)],
  );

test('of two workers at once, one lets a message probe and the other waits', async () => {
  provider.answer = () => ({ kind: 'failed_before_send', code: 'ECONNREFUSED', detail: '' });
  for (let n = 0; n < 5; n++) {
    await db.owner.query('delete from messages');
    await open();
    await add(`first-${n}@example.com`, 'transactional');
    await add(`second-${n}@example.com`);
    const workers = [testWorker(db, provider, clock), testWorker(db, provider, clock)];
    const before = provider.requests.length;
    await Promise.all(workers.map(({ deliver }, lane) => deliver.round(lane as 0 | 1, 10)));
    for (const { deliver } of workers) await deliver.drain();
    expect(provider.requests.length - before).toBe(1);
  }
});

test('a probe that another worker is about to make is not made twice', async () => {
  await open();
  const id = await add('ada@example.com');
  const other = await db.owner.connect();
  await other.query('begin');
  await other.query('select from connections where id = $1 for no key update', [connection]);
  await testWorker(db, provider, clock).deliver.round(1, 10);
  await other.query('rollback');
  other.release();
  expect(provider.requests).toEqual([]);
  expect(await messageRow(db, id)).toMatchObject({ status: 'scheduled', reason: 'breaker_open' });
});

test('a worker that is lost says nothing about the provider', async () => {
  for (let n = 0; n < 6; n++) await add(`ada-${n}@example.com`);
  provider.answer = () => new Promise(() => {}); // the worker ends before the answer comes
  await testWorker(db, provider, clock).deliver.round(1, 10);
  clock.advance(60_000);
  await testWorker(db, provider, clock).recover.round(10);
  const { rows } = await db.owner.query('select distinct status from messages');
  expect(rows).toEqual([{ status: 'unknown' }]);
  expect(await breakerOf()).toEqual({ state: 'closed', failures: 0 });
});
