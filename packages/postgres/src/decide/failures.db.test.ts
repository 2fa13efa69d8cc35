import { EventInput } from '@halyard/contracts/events/event';
import type { FlowDefinitionInput } from '@halyard/contracts/flows/definition';
import { ManualClock } from '@halyard/core/clock';
import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PgEventStore } from '../events.js';
import { replays } from '../review/replay.js';
import { listenTo, publish, TestLoops } from '../testing/deciding.js';
import type { TestDatabase } from '../testing/test-database.js';
import { openTestDatabase } from '../testing/test-database.js';
import { PgDecideStore } from './decide-store.js';

const message = (id: string) => ({
  id,
  type: 'message' as const,
  template: 'reminder',
  channels: ['email' as const],
});
const drip: FlowDefinitionInput = {
  name: 'Drip',
  trigger: { type: 'event', event: 'user.login' },
  steps: [{ id: 'pause', type: 'wait', wait: { for: 'duration', duration: 'PT1H' } }, message('hello')],
};

let db: TestDatabase;
let clock: ManualClock;
let loops: TestLoops;
let school: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  clock = new ManualClock(new Date('2026-04-01T10:00:00Z'));
  loops = new TestLoops(db, clock);
  school = await db.organization();
});

const login = (email: string, given: object = {}) =>
  new PgEventStore(db.app, randomIds).record(
    school,
    [EventInput.parse({ type: 'user.login', contact: { email }, create_contact: true, ...given })],
    clock.now(),
  );

test('a poisoned event is retried, then shown to a person; neighbours are not held up', async () => {
  const { versionId } = await publish(db, school, 'welcome', {
    name: 'Welcome',
    trigger: { type: 'event', event: 'user.login' },
    reentry: 'always',
    steps: [message('hello')],
  });
  await login('poison@example.com');
  await loops.drain();
  const breakIt = (step: string) =>
    db.owner.query(
      `update runs set status = 'active', position = jsonb_set(position, '{step}', to_jsonb($2::text)) where version_id = $1 and
       contact_id in (select contact_id from identities where address = 'poison@example.com')`,
      [versionId, step],
    );
  await breakIt('nowhere');
  await db.owner.query(`update runs set waiting_for = '{user.login}', wake_at = null where org_id = $1`, [
    school,
  ]);
  await login('poison@example.com', { payload: { n: 1 } });
  await login('poison@example.com', { payload: { n: 2 } });
  await login('well@example.com');
  await loops.drain();
  const said = async () =>
    (await db.owner.query('select count(*)::int as n from messages where org_id = $1', [school])).rows[0].n;
  expect(await said()).toBe(2); // the first of the one, and the neighbour's
  for (let n = 0; n < 12; n++) {
    clock.advance(200_000);
    await loops.drain();
  }
  const { rows } = await db.owner.query(
    `select subject_id, reason from review_items where org_id = $1 and kind = 'failed_event'`,
    [school],
  );
  expect(rows.length).toBe(2);
  expect(rows[0].reason).toContain('nowhere');
  await db.owner.query(
    `update runs set status = 'cancelled' where org_id = $1 and position->>'step' = 'nowhere'`,
    [school],
  );
  for (const row of rows)
    await db.app.forOrg(school, (tx) =>
      replays.failed_event(tx, school, row.subject_id, { confirmed: false, now: clock.now() }),
    );
  await loops.drain();
  expect(await said()).toBe(4);
});

test('a run that cannot be moved ends as failed with a review item, and the others of its batch move on', async () => {
  await publish(db, school, 'drip', drip);
  await login('poison@example.com');
  await login('well@example.com');
  await loops.drain();
  await db.owner.query(
    `update runs set position = jsonb_set(position, '{step}', '"nowhere"') where org_id = $1 and contact_id =
       (select contact_id from identities where org_id = $1 and address = 'poison@example.com')`,
    [school],
  );
  for (let n = 0; n < 6; n++) {
    clock.advance(3_600_000);
    await loops.drain();
  }
  const { rows } = await db.owner.query(
    `select runs.status, runs.tries, review_items.kind from runs
     left join review_items on review_items.org_id = runs.org_id and review_items.subject_id = runs.id::text
     where runs.org_id = $1 order by runs.status`,
    [school],
  );
  expect(rows).toEqual([
    { status: 'completed', tries: 0, kind: null },
    { status: 'failed', tries: 5, kind: 'failed_run' },
  ]);
});

test('what two workers gave up on is put before a person once, and what one of them decided is not', async () => {
  await listenTo(db, school, 'contact.created');
  await publish(db, school, 'drip', drip);
  await login('mia@example.com');
  const store = new PgDecideStore(db.worker);
  const claimed = await store.transaction((session) => session.claims.events(20, clock.now()));
  const [first, second] = claimed.filter(({ orgId }) => orgId === school);
  if (!first || !second) throw new Error('There are two events: contact.created and user.login.');
  for (const _ of ['one worker', 'the other']) await store.eventFailed(first, 'broken', null);
  await loops.drain();
  await store.eventFailed(second, 'broken', null);
  clock.advance(3_600_000);
  const due = await store.transaction((session) => session.claims.runs(20, clock.now()));
  const run = due.find(({ orgId }) => orgId === school);
  if (!run) throw new Error('The drip has a run that is due.');
  for (const _ of ['one worker', 'the other']) await store.runFailed(run, 'broken', null);
  const { rows } = await db.owner.query(
    'select kind, subject_id from review_items where org_id = $1 order by kind',
    [school],
  );
  expect(rows).toEqual([
    { kind: 'failed_event', subject_id: first.event.id },
    { kind: 'failed_run', subject_id: run.id },
  ]);
});

test('a schedule that cannot tick is put off and told of; runs and other schedules go on', async () => {
  const weekly: FlowDefinitionInput = {
    name: 'Weekly',
    trigger: { type: 'schedule', cron: '0 9 * * 1', audience: { all: [] } },
    steps: [message('news')],
  };
  await publish(db, school, 'weekly', weekly, { nextTickAt: clock.now() });
  await publish(db, school, 'drip', drip);
  await login('mia@example.com');
  await loops.drain();
  const other = await db.organization('Broken school');
  const { flowId } = await publish(db, other, 'weekly', weekly, { nextTickAt: clock.now() });
  await db.owner.query(`update organization_settings set time_zone = 'Nowhere/Here' where org_id = $1`, [
    other,
  ]);
  clock.advance(3_600_000);
  await expect(loops.runs.round(10)).rejects.toThrow('could not tick');
  await loops.drain();
  const { rows } = await db.owner.query('select step_id from messages where org_id = $1 order by 1', [
    school,
  ]);
  expect(rows.map((row) => row.step_id)).toEqual(['hello', 'news']);
  const put = await db.owner.query('select next_tick_at from flows where id = $1', [flowId]);
  expect(put.rows[0].next_tick_at.getTime()).toBeGreaterThan(clock.now().getTime());
});
