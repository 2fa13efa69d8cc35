import type { EventId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { withinTrace } from '@halyard/core/trace';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordEvents } from './event-recorder.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());

test('an event carries the trace of the request that recorded it, and none without one', async () => {
  const orgId = await db.organization();
  const record = async () => {
    const event = {
      id: randomIds<EventId>(),
      type: 'user.login',
      contactId: null,
      payload: {},
      occurredAt: new Date(),
    };
    await db.app.forOrg(orgId, (tx) => recordEvents(tx, orgId, [event]));
    return db.app.forOrg(orgId, async (tx) => {
      const rows = await tx.selectFrom('events').select('trace_context').where('id', '=', event.id).execute();
      return rows[0]?.trace_context;
    });
  };
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  expect(await withinTrace(traceparent, record)).toBe(traceparent);
  expect(await record()).toBeNull();
});
