import type { DecideSession, DueRun } from '@halyard/core/decide/decide-store';
import { maxTries } from '@halyard/core/decide/retry';
import { expect } from 'vitest';
import type { DecidingSchool } from '../testing/deciding-school.js';
import { drip, decidingTest as test } from '../testing/deciding-school.js';
import { PgDecideStore } from './decide-store.js';

/** A process that dies while it moves runs: its locks go, what it had begun stays on record. */
async function die(
  { db }: DecidingSchool,
  claim: (session: DecideSession) => Promise<DueRun[]>,
): Promise<void> {
  const death = new PgDecideStore(db.worker).transaction(async (session) => {
    const claimed = await claim(session);
    expect(claimed.length).toBeGreaterThan(0);
    await session.begin('runs', claimed);
    throw new Error('killed');
  });
  await expect(death).rejects.toThrow('killed');
}

/** Everybody waits for an hour in a run, which is over now. */
async function wait(school: DecidingSchool, ...emails: string[]) {
  await school.publish('drip', drip);
  for (const email of emails) await school.login(email);
  await school.loops.drain();
  school.clock.advance(3_600_000);
  return (await runsOf(school)).map((run) => run.id);
}

const runsOf = async (school: DecidingSchool) =>
  (
    await school.queryOwn(
      'select id, status, tries, last_error, wake_at from runs where org_id = $1 order by started_at, id',
    )
  ).rows;

test('a run that ends the process each time ends as failed with a review item; its neighbour moves on', async ({
  school,
}) => {
  const [poison] = await wait(school, 'poison@example.com', 'well@example.com');
  await die(school, (session) => session.claims.runs(10, school.clock.now()));
  for (let deaths = 1; deaths < maxTries; deaths++) {
    await new PgDecideStore(school.db.worker).countDeaths('runs', school.clock.now(), [0, 1_000]);
    school.clock.advance(60_000);
    await die(school, (session) => session.claims.run(school.id, poison, school.clock.now()));
  }
  await new PgDecideStore(school.db.worker).countDeaths('runs', school.clock.now(), [0, 1_000]);
  school.clock.advance(60_000);
  await school.loops.drain();
  const { rows } = await school.queryOwn(
    'select kind, subject_id, reason, detail from review_items where org_id = $1',
  );
  expect(rows).toMatchObject([{ kind: 'failed_run', subject_id: poison, detail: { tries: maxTries } }]);
  expect(rows[0].reason).toContain('process ended');
  expect((await runsOf(school)).map(({ status }) => status).sort()).toEqual(['completed', 'failed']);
});

test('a run that was under way when a process died is due again at once, the second time after a pause', async ({
  school,
}) => {
  await wait(school, 'mia@example.com');
  const store = new PgDecideStore(school.db.worker);
  const now = school.clock.now();
  const [due] = await runsOf(school);
  for (const [tries, at] of [
    [1, due.wake_at],
    [2, new Date(now.getTime() + 5_000)],
  ]) {
    await die(school, (session) => session.claims.runs(10, now));
    await store.countDeaths('runs', now, [0, 5_000]);
    expect(await runsOf(school)).toMatchObject([{ tries, wake_at: at, status: 'active' }]);
  }
  school.clock.advance(5_000);
  await school.loops.drain();
  expect(await runsOf(school)).toMatchObject([{ status: 'completed', tries: 0, last_error: null }]);
});

test('runs that a living worker is at are not counted, and events of the dead are not counted as runs', async ({
  school,
}) => {
  await wait(school, 'mia@example.com');
  const store = new PgDecideStore(school.db.worker);
  const now = school.clock.now();
  await store.transaction(async (session) => {
    await session.begin('runs', await session.claims.runs(10, now));
    await new PgDecideStore(school.db.worker).countDeaths('runs', now, [0]);
  });
  await die(school, (session) => session.claims.runs(10, now));
  await store.countDeaths('events', now, [0]);
  expect((await runsOf(school)).map(({ tries }) => tries)).toEqual([0]);
  await store.countDeaths('runs', now, [0]);
  expect((await runsOf(school)).map(({ tries }) => tries)).toEqual([1]);
});
