import { EventInput } from '@halyard/contracts/events/event';
import { ManualClock } from '@halyard/core/clock';
import type { DecideSession, PendingEvent } from '@halyard/core/decide/decide-store';
import { maxTries } from '@halyard/core/decide/retry';
import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PgEventStore } from '../events.js';
import { publish, TestLoops } from '../testing/deciding.js';
import type { TestDatabase } from '../testing/test-database.js';
import { openTestDatabase } from '../testing/test-database.js';
import { PgDecideStore } from './decide-store.js';

let db: TestDatabase;
let clock: ManualClock;
let school: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  clock = new ManualClock(new Date('2026-04-01T10:00:00Z'));
  school = await db.organization();
  await publish(db, school, 'welcome', {
    name: 'Welcome',
    trigger: { type: 'event', event: 'user.login' },
    steps: [{ id: 'hello', type: 'message', template: 'any', channels: ['email'] }],
  });
});

const login = (email: string) =>
  new PgEventStore(db.app, randomIds).record(
    school,
    [EventInput.parse({ type: 'user.login', contact: { email }, create_contact: true })],
    clock.now(),
  );

const begin = (session: DecideSession, events: readonly PendingEvent[]) =>
  session.begin(
    'events',
    events.map(({ orgId, event }) => ({ orgId, id: event.id })),
  );

/** A process that dies while it decides: its locks go, what it had begun stays on record. */
async function die(claim: (session: DecideSession) => Promise<PendingEvent[]>): Promise<void> {
  const death = new PgDecideStore(db.worker).transaction(async (session) => {
    const claimed = await claim(session);
    expect(claimed.length).toBeGreaterThan(0);
    await begin(session, claimed);
    throw new Error('killed');
  });
  await expect(death).rejects.toThrow('killed');
}

const pending = async () =>
  (
    await db.owner.query(
      'select event_id, contact_id, tries, not_before from pending_events where org_id = $1 order by seq',
      [school],
    )
  ).rows;
const said = async () =>
  (await db.owner.query('select count(*)::int as n from messages where org_id = $1', [school])).rows[0].n;

test('an event that ends the process each time becomes a review item; its neighbours, which were there, go on', async () => {
  await login('poison@example.com');
  await login('well@example.com');
  const [poison] = await pending();
  await die((session) => session.claims.events(10, clock.now()));
  for (let deaths = 1; deaths < maxTries; deaths++) {
    clock.advance(60_000);
    await new PgDecideStore(db.worker).countDeaths('events', clock.now(), [0, 1_000]);
    await die((session) => session.claims.event(school, poison.event_id));
  }
  for (let round = 0; round < 2; round++) {
    clock.advance(60_000);
    await new TestLoops(db, clock).drain();
  }
  const { rows } = await db.owner.query(
    'select kind, subject_id, reason, detail from review_items where org_id = $1',
    [school],
  );
  expect(rows).toMatchObject([
    { kind: 'failed_event', subject_id: poison.event_id, detail: { tries: maxTries } },
  ]);
  expect(rows[0].reason).toContain('process ended');
  expect(await pending()).toEqual([]);
  expect(await said()).toBe(1); // the neighbour's
});

test('what was under way when a process died is decided again at once, the second time after a pause', async () => {
  await login('mia@example.com');
  const store = new PgDecideStore(db.worker);
  for (const [tries, pauseMs] of [
    [1, null],
    [2, 5_000],
  ] as const) {
    await die((session) => session.claims.events(10, clock.now()));
    await store.countDeaths('events', clock.now(), [0, 5_000]);
    const rows = await pending();
    expect(rows.map((row) => row.tries)).toEqual([tries]);
    if (pauseMs !== null) expect(rows[0].not_before.getTime() - clock.now().getTime()).toBe(pauseMs);
    else expect(rows[0].not_before).toBe(Number.NEGATIVE_INFINITY);
  }
  clock.advance(5_000);
  await new TestLoops(db, clock).drain();
  expect(await said()).toBe(1);
});

test('what a living worker is at, or failed at, is not counted', async () => {
  await login('mia@example.com');
  const store = new PgDecideStore(db.worker);
  const failing = store.transaction(async (session) => {
    await begin(session, await session.claims.events(10, clock.now()));
    await new PgDecideStore(db.worker).countDeaths('events', clock.now(), [0]);
    throw new Error('a bug');
  });
  await expect(failing).rejects.toThrow('a bug');
  await store.countDeaths('events', clock.now(), [0]);
  expect((await pending()).map((row) => row.tries)).toEqual([0]);
  const { rows } = await db.owner.query('select from rounds_begun');
  expect(rows).toEqual([]);
});
