import type { OrgId } from '@halyard/core/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inventRow } from './testing/invented-row.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';
import { readWaitingWork } from './waiting-work.js';

let db: TestDatabase;
let school: OrgId;
let harbour: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  school = await db.organization();
  harbour = await db.organization();
});
afterAll(() => db.drop());

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);
const invent = (orgId: OrgId, table: string, given: Record<string, unknown>) =>
  inventRow(db.owner, orgId, table, given);
const roughly = (seconds: number) => expect.closeTo(seconds, -1.5);

test('where nothing waits, everything is 0 and nothing is old', async () => {
  expect(await readWaitingWork(db.worker)).toEqual({
    dueMessages: [
      { lane: 0, n: 0, age: 0 },
      { lane: 1, n: 0, age: 0 },
    ],
    pendingEvents: { n: 0, age: 0 },
    dueRuns: { n: 0, age: 0 },
    pendingDeliveries: { n: 0, age: 0 },
    unknownMessages: { awaitingReport: 0 },
    reviewItems: [],
    connections: [],
  });
});

test('what waits is counted over all organizations, with the age of the oldest', async () => {
  const message = { status: 'scheduled', lane: 1 };
  await invent(school, 'messages', { ...message, due_at: ago(100) });
  await invent(school, 'messages', { ...message, due_at: ago(200) });
  await invent(harbour, 'messages', { ...message, due_at: ago(400) });
  await invent(harbour, 'messages', { ...message, lane: 0, due_at: ago(50) });
  await invent(harbour, 'messages', { ...message, due_at: ago(-400) }); // not due yet
  await invent(school, 'messages', { status: 'unknown', reason: 'awaiting_report' });
  await invent(school, 'messages', { status: 'unknown', reason: 'no_answer' });
  for (const [orgId, age] of [
    [school, 300],
    [harbour, 100],
  ] as const) {
    const { id } = await invent(orgId, 'events', { recorded_at: ago(age) });
    await invent(orgId, 'pending_events', { event_id: id });
  }
  await invent(school, 'review_items', { kind: 'dead_message', status: 'open' });
  await invent(harbour, 'review_items', { kind: 'dead_message', status: 'open' });
  await invent(harbour, 'review_items', { kind: 'failed_event', status: 'resolved' });
  await invent(school, 'connections', { status: 'active', breaker_state: 'open' });
  await invent(school, 'connections', { status: 'paused', breaker_state: 'open' });
  expect(await readWaitingWork(db.worker)).toMatchObject({
    dueMessages: [
      { lane: 0, n: 1, age: roughly(50) },
      { lane: 1, n: 3, age: roughly(400) },
    ],
    pendingEvents: { n: 2, age: roughly(300) },
    unknownMessages: { awaitingReport: 1 },
    reviewItems: [{ kind: 'dead_message', n: 2 }],
    connections: expect.arrayContaining([
      { state: 'open', n: 1 },
      { state: 'paused', n: 1 },
    ]),
  });
});
