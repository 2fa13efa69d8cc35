import { ManualClock } from '@halyard/core/clock';
import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { ReviewItemId } from '@halyard/core/review/review-items';
import { ReviewItems } from '@halyard/core/review/review-items';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silent } from '../testing/deciding.js';
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
import { PgReviewStore } from './review-items.js';

const grace = { type: 'user' as const, name: 'Grace' };
const clock = new ManualClock(new Date());
const provider = new RecordingProvider();
let db: TestDatabase;
let school: OrgId;
let reviews: ReviewItems;
beforeAll(async () => {
  db = await openTestDatabase();
  school = await db.organization();
  reviews = new ReviewItems(new PgReviewStore(db.app), silent, clock, {});
});
afterAll(() => db.drop());

const open = (orgId = school) => reviews.list(orgId, { kind: 'dead_message', status: 'open', limit: 10 });

test('a message that delivery gave up is sent anew from its review item, once', async () => {
  await addConnection(db, school);
  const contact = await addContact(db, school, { email: 'ada@example.com' });
  provider.answer = () => ({ kind: 'failed_before_send', code: 'ECONNREFUSED', detail: '' });
  const id = await addMessage(db, school, contact, { at: clock.now(), class: 'transactional' });
  for (let hour = 0; hour < 12; hour++) {
    await testWorker(db, provider, clock).settle();
    clock.advance(3_600_000);
  }
  expect(await messageRow(db, id)).toMatchObject({ status: 'dead' });
  const { items } = await open();
  expect(items).toMatchObject([{ subject: { type: 'message', id } }]);
  const item = items[0]?.id as ReviewItemId;
  const other = await db.organization('Another school');
  expect((await open(other)).items).toEqual([]);
  await expect(reviews.replay(other, item, { confirmed: false }, grace)).rejects.toMatchObject({
    code: 'not_found',
  });

  provider.answer = () => ({ kind: 'accepted' });
  const again = await Promise.all(
    [1, 2].map(() => reviews.replayAll(school, 'dead_message', { confirmed: false, after: null }, grace)),
  );
  expect(again.reduce((sum, { replayed }) => sum + replayed, 0)).toBe(1);
  await testWorker(db, provider, clock).settle();
  expect(await messageRow(db, id)).toMatchObject({ status: 'sent' });
  await expect(reviews.replay(school, item, { confirmed: false }, grace)).rejects.toMatchObject({
    code: 'invalid_state',
  });
});

test('items that are refused are passed by, and not looked at again', async () => {
  const contact = await addContact(db, school, { email: 'bob@example.com' });
  const twoAtATime = new ReviewItems(new PgReviewStore(db.app), silent, clock, {}, 2);
  for (const status of ['sent', 'sent', 'dead', 'sent', 'dead']) {
    const id = await addMessage(db, school, contact, { at: clock.now() });
    await db.owner.query('update messages set status = $2 where id = $1', [id, status]);
    await db.owner.query(
      `insert into review_items (org_id, id, kind, subject_type, subject_id, reason)
       values ($1, $2, 'dead_message', 'message', $3, 'r')`,
      [school, randomIds(), id],
    );
  }
  const rounds = [];
  let after: ReviewItemId | null = null;
  do {
    const round: Awaited<ReturnType<ReviewItems['replayAll']>> = await twoAtATime.replayAll(
      school,
      'dead_message',
      { confirmed: false, after },
      grace,
    );
    rounds.push([round.replayed, round.refused]);
    after = round.next_cursor;
  } while (after);
  expect(rounds).toEqual([
    [0, 2],
    [1, 1],
    [1, 0],
  ]);
});
