import { ManualClock } from '@halyard/core/clock';
import { EventBatches } from '@halyard/core/events/event-batches';
import { Events } from '@halyard/core/events/events';
import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { ReviewItemId } from '@halyard/core/review/review-items';
import { ReviewItems } from '@halyard/core/review/review-items';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PgEventStore } from '../events.js';
import { silent } from '../testing/deciding.js';
import type { TestDatabase } from '../testing/test-database.js';
import { openTestDatabase } from '../testing/test-database.js';
import { PgQuarantine } from './quarantine.js';
import { PgReviewStore } from './review-items.js';

const clock = new ManualClock(new Date('2026-05-01T09:00:00Z'));
const grace = { type: 'user' as const, name: 'Grace' };
let db: TestDatabase;
let school: OrgId;
let batches: EventBatches;
let events: Events;
let reviews: ReviewItems;
beforeAll(async () => {
  db = await openTestDatabase();
  events = new Events(new PgEventStore(db.app, randomIds), clock, silent);
  batches = new EventBatches(events, new PgQuarantine(db.app));
  reviews = new ReviewItems(new PgReviewStore(db.app), silent, clock, { event: batches.take.bind(batches) });
});
afterAll(() => db.drop());
beforeEach(async () => {
  school = await db.organization();
});

const login = (given: object = {}) => ({
  id: 'login-1',
  type: 'user.login',
  create_contact: true,
  contact: { email: 'mia@example.com' },
  ...given,
});
const waiting = async (orgId = school) =>
  (await reviews.list(orgId, { kind: 'quarantined_input', status: 'open', limit: 10 })).items;
const recorded = async () => (await events.list(school, { limit: 10, type: 'user.login' })).items;

test('what is refused waits as it came, what is good is recorded', async () => {
  const broken = login({ id: 'login-2', occurred_at: 'yesterday' });
  const receipts = await batches.record(school, [login(), broken], { setAside: true });
  expect(receipts.map(({ kind }) => kind)).toEqual(['recorded', 'refused']);
  expect(await waiting()).toMatchObject([
    {
      subject: { type: 'event', id: 'login-2' },
      detail: { input: broken, issues: [{ path: 'occurred_at' }] },
    },
  ]);
  expect(await recorded()).toHaveLength(1);
  expect(await waiting(await db.organization())).toEqual([]);
});

test('mended, it is recorded; mended badly, it is told what is wrong and goes on waiting', async () => {
  await batches.record(school, [login({ occurred_at: 'yesterday' })], { setAside: true });
  const [item] = await waiting();
  const again = (payload: Record<string, unknown>) =>
    reviews.replay(school, item?.id as ReviewItemId, { confirmed: false, payload }, grace);
  await expect(again(login({ type: 'No name' }))).rejects.toMatchObject({
    issues: [{ path: 'body.payload.type' }],
  });
  expect(await waiting()).toHaveLength(1);
  expect(await again(login())).toMatchObject({ status: 'replayed' });
  expect(await recorded()).toMatchObject([{ type: 'user.login' }]);
});

test('nothing waits when nobody asked for it, nor an id that was used for another event', async () => {
  await batches.record(school, [login(), login({ type: 'No name' })], { setAside: false });
  await batches.record(school, [login({ payload: { other: true } })], { setAside: true });
  expect(await waiting()).toEqual([]);
});
