import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { topicsBetween } from '@halyard/core/live/marks';
import { expect } from 'vitest';
import { databaseTest as test } from '../testing/database-test.js';
import { inventRow } from '../testing/invented-row.js';
import type { TestDatabase } from '../testing/test-database.js';
import { PgMarkStore } from './read-marks.js';

const ids = (count: number) => Array.from({ length: count }, () => randomIds<never>());

/** What an organization sees of something that happened in `where`. */
async function told(db: TestDatabase, seen: OrgId, happens: () => Promise<unknown>): Promise<string[]> {
  const store = new PgMarkStore(db.app);
  const before = await store.read(seen);
  await happens();
  return [...topicsBetween(before, await store.read(seen))].sort();
}

const message = (db: TestDatabase, org: OrgId, status: string) =>
  db.owner.query(
    `insert into messages (org_id, id, source, class, channels, planned_at, due_at, status)
     values ($1, $2, 'api', 'service', '{sms}', now(), now(), $3)`,
    [org, ...ids(1), status],
  );

test('what is written is seen, each by its topic', async ({ db }) => {
  const org = await db.organization();
  await message(db, org, 'sending');
  expect(await told(db, org, () => message(db, org, 'scheduled'))).toEqual(['messages']);
  const unknown = () =>
    db.owner.query(`update messages set status = 'unknown' where org_id = $1 and status = 'sending'`, [org]);
  expect(await told(db, org, unknown)).toEqual(['messages']);
  const event = () =>
    db.owner.query(
      `insert into events (org_id, id, type, occurred_at) values ($1, $2, 'booking.created', now())`,
      [org, ...ids(1)],
    );
  expect(await told(db, org, event)).toEqual(['bookings', 'events']);
  const review = () =>
    db.owner.query(
      `insert into review_items (org_id, id, kind, subject_type, subject_id, reason)
       values ($1, $2, 'failed_event', 'event', 'x', 'x')`,
      [org, ...ids(1)],
    );
  expect(await told(db, org, review)).toEqual(['review_items']);
  const resolve = () =>
    db.owner.query(`update review_items set status = 'resolved' where org_id = $1`, [org]);
  expect(await told(db, org, resolve)).toEqual(['review_items']);
  expect(await told(db, org, () => inventRow(db.owner, org, 'alerts'))).toEqual(['alerts']);
  const failure = () => inventRow(db.owner, org, 'failures');
  expect(await told(db, org, failure)).toEqual(['alerts']);
  expect(await told(db, org, async () => {})).toEqual([]);
});

test('what another organization does is not', async ({ db }) => {
  const [own, other] = [await db.organization(), await db.organization('Another school')];
  expect(await told(db, own, () => message(db, other, 'scheduled'))).toEqual([]);
});

test('what is committed late is seen, though later ones were before it', async ({ db }) => {
  const org = await db.organization();
  const late = await db.owner.connect();
  await late.query('begin');
  const insert = `insert into events (org_id, id, type, occurred_at) values ($1, $2, $3, now())`;
  await late.query(insert, [org, ...ids(1), 'contact.created']);
  await db.owner.query(insert, [org, ...ids(1), 'user.login']);
  expect(await told(db, org, () => late.query('commit'))).toEqual(['contacts', 'events']);
  late.release();
});
