import { EventInput } from '@halyard/contracts/events/event';
import { ManualClock } from '@halyard/core/clock';
import { DecideLoop } from '@halyard/core/decide/decide-loop';
import { WakeLoop } from '@halyard/core/decide/wake-loop';
import type { EventId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { withinTrace } from '@halyard/core/trace';
import { unwatched } from '@halyard/core/watch';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PgDecideStore } from './decide/decide-store.js';
import { recordEvents } from './event-recorder.js';
import { PgEventStore } from './events.js';
import { publish, silent } from './testing/deciding.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());

const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

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
  expect(await withinTrace(traceparent, record)).toBe(traceparent);
  expect(await record()).toBeNull();
});

test('what follows carries the trace of its cause, also when a run wakes days later', async () => {
  const orgId = await db.organization();
  const clock = new ManualClock(new Date('2026-04-01T10:00:00Z'));
  const message = (id: string) => ({
    id,
    type: 'message' as const,
    template: 'hello',
    channels: ['email' as const],
  });
  await publish(db, orgId, 'welcome', {
    name: 'Welcome',
    trigger: { type: 'event', event: 'user.login' },
    steps: [
      message('first'),
      { id: 'days', type: 'wait', wait: { for: 'duration', duration: 'P3D' } },
      { id: 'fork', type: 'branch', branches: [{ when: { any: [] }, next: null }], next: 'second' },
      message('second'),
    ],
  });
  const login = EventInput.parse({
    type: 'user.login',
    contact: { email: 'mia@example.com' },
    create_contact: true,
  });
  const events = new PgEventStore(db.app, randomIds);
  await withinTrace(traceparent, () => events.record(orgId, [login], clock.now()));
  const store = new PgDecideStore(db.worker);
  const loops = [
    new DecideLoop(store, clock, randomIds, silent, unwatched),
    new WakeLoop(store, clock, randomIds, silent, unwatched),
  ];
  const drain = async () => {
    for (const loop of loops) while ((await loop.round(100)).claimed > 0);
  };
  await drain();
  const traces = async (table: string) => {
    const { rows } = await db.owner.query(`select trace_context from ${table} where org_id = $1`, [orgId]);
    return rows.map((row) => row.trace_context);
  };
  expect(await traces('messages')).toEqual([traceparent]);
  clock.advance(3 * 86_400_000);
  await drain();
  expect(await traces('messages')).toEqual([traceparent, traceparent]);
  expect(await traces('runs')).toEqual([traceparent]);
  expect(new Set(await traces('events'))).toEqual(new Set([traceparent]));
});
