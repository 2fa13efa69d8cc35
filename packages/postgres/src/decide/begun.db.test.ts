import type { DecideSession, PendingEvent } from '@halyard/core/decide/decide-store';
import { maxTries } from '@halyard/core/decide/retry';
import { expect } from 'vitest';
import { databaseTest } from '../testing/database-test.js';
import { DecidingSchool, message } from '../testing/deciding-school.js';
import { PgDecideStore } from './decide-store.js';

const test = databaseTest.extend('school', async ({ db }) => {
  const school = new DecidingSchool(db, await db.organization());
  await school.publish('welcome', {
    name: 'Welcome',
    trigger: { type: 'event', event: 'user.login' },
    steps: [message('hello')],
  });
  return school;
});

const begin = (session: DecideSession, events: readonly PendingEvent[]) =>
  session.begin(
    'events',
    events.map(({ orgId, event }) => ({ orgId, id: event.id })),
  );

/** A process that dies while it decides: its locks go, what it had begun stays on record. */
async function die(
  { db }: DecidingSchool,
  claim: (session: DecideSession) => Promise<PendingEvent[]>,
): Promise<void> {
  const death = new PgDecideStore(db.worker).transaction(async (session) => {
    const claimed = await claim(session);
    expect(claimed.length).toBeGreaterThan(0);
    await begin(session, claimed);
    throw new Error('killed');
  });
  await expect(death).rejects.toThrow('killed');
}

const pending = async (school: DecidingSchool) =>
  (
    await school.queryOwn(
      'select event_id, contact_id, tries, not_before from pending_events where org_id = $1 order by seq',
    )
  ).rows;

test('an event that ends the process each time becomes a review item; its neighbours, which were there, go on', async ({
  school,
}) => {
  await school.login('poison@example.com');
  await school.login('well@example.com');
  const [poison] = await pending(school);
  await die(school, (session) => session.claims.events(10, school.clock.now()));
  for (let deaths = 1; deaths < maxTries; deaths++) {
    school.clock.advance(60_000);
    await new PgDecideStore(school.db.worker).countDeaths('events', school.clock.now(), [0, 1_000]);
    await die(school, (session) => session.claims.event(school.id, poison.event_id));
  }
  for (let round = 0; round < 2; round++) {
    school.clock.advance(60_000);
    await school.loops.drain();
  }
  const { rows } = await school.queryOwn(
    'select kind, subject_id, reason, detail from review_items where org_id = $1',
  );
  expect(rows).toMatchObject([
    { kind: 'failed_event', subject_id: poison.event_id, detail: { tries: maxTries } },
  ]);
  expect(rows[0].reason).toContain('process ended');
  expect(await pending(school)).toEqual([]);
  expect(await school.count('messages')).toBe(1); // the neighbour's
});

test('what was under way when a process died is decided again at once, the second time after a pause', async ({
  school,
}) => {
  await school.login('mia@example.com');
  const store = new PgDecideStore(school.db.worker);
  for (const [tries, pauseMs] of [
    [1, null],
    [2, 5_000],
  ] as const) {
    await die(school, (session) => session.claims.events(10, school.clock.now()));
    await store.countDeaths('events', school.clock.now(), [0, 5_000]);
    const rows = await pending(school);
    expect(rows.map((row) => row.tries)).toEqual([tries]);
    if (pauseMs !== null) expect(rows[0].not_before.getTime() - school.clock.now().getTime()).toBe(pauseMs);
    else expect(rows[0].not_before).toBe(Number.NEGATIVE_INFINITY);
  }
  school.clock.advance(5_000);
  await school.loops.drain();
  expect(await school.count('messages')).toBe(1);
});

test('what a living worker is at, or failed at, is not counted', async ({ school }) => {
  await school.login('mia@example.com');
  const store = new PgDecideStore(school.db.worker);
  const failing = store.transaction(async (session) => {
    await begin(session, await session.claims.events(10, school.clock.now()));
    await new PgDecideStore(school.db.worker).countDeaths('events', school.clock.now(), [0]);
    throw new Error('a bug');
  });
  await expect(failing).rejects.toThrow('a bug');
  await store.countDeaths('events', school.clock.now(), [0]);
  expect((await pending(school)).map((row) => row.tries)).toEqual([0]);
  const { rows } = await school.db.owner.query('select from rounds_begun');
  expect(rows).toEqual([]);
});
