import type { FlowDefinitionInput } from '@halyard/contracts/flows/definition';
import { expect } from 'vitest';
import { replays } from '../review/replay.js';
import { drip, message, decidingTest as test } from '../testing/deciding-school.js';
import { PgDecideStore } from './decide-store.js';

test('a poisoned event is retried, then shown to a person; neighbours are not held up', async ({
  school,
}) => {
  const { versionId } = await school.publish('welcome', {
    name: 'Welcome',
    trigger: { type: 'event', event: 'user.login' },
    reentry: 'always',
    steps: [message('hello')],
  });
  await school.login('poison@example.com');
  await school.loops.drain();
  const breakIt = (step: string) =>
    school.db.owner.query(
      `update runs set status = 'active', position = jsonb_set(position, '{step}', to_jsonb($2::text)) where version_id = $1 and
       contact_id in (select contact_id from identities where address = 'poison@example.com')`,
      [versionId, step],
    );
  await breakIt('nowhere');
  await school.queryOwn(`update runs set waiting_for = '{user.login}', wake_at = null where org_id = $1`);
  await school.login('poison@example.com', { payload: { n: 1 } });
  await school.login('poison@example.com', { payload: { n: 2 } });
  await school.login('well@example.com');
  await school.loops.drain();
  const said = () => school.count('messages');
  expect(await said()).toBe(2); // the first of the one, and the neighbour's
  for (let n = 0; n < 12; n++) {
    school.clock.advance(200_000);
    await school.loops.drain();
  }
  const { rows } = await school.queryOwn(
    `select subject_id, reason from review_items where org_id = $1 and kind = 'failed_event'`,
  );
  expect(rows.length).toBe(2);
  expect(rows[0].reason).toContain('nowhere');
  await school.queryOwn(
    `update runs set status = 'cancelled' where org_id = $1 and position->>'step' = 'nowhere'`,
  );
  for (const row of rows)
    await school.db.app.forOrg(school.id, (tx) =>
      replays.failed_event(tx, school.id, row.subject_id, { confirmed: false, now: school.clock.now() }),
    );
  await school.loops.drain();
  expect(await said()).toBe(4);
});

test('a run that cannot be moved ends as failed with a review item, and the others of its batch move on', async ({
  school,
}) => {
  await school.publish('drip', drip);
  await school.login('poison@example.com');
  await school.login('well@example.com');
  await school.loops.drain();
  await school.queryOwn(`update runs set position = jsonb_set(position, '{step}', '"nowhere"') where org_id = $1 and contact_id =
       (select contact_id from identities where org_id = $1 and address = 'poison@example.com')`);
  for (let n = 0; n < 6; n++) {
    school.clock.advance(3_600_000);
    await school.loops.drain();
  }
  const { rows } = await school.queryOwn(`select runs.status, runs.tries, review_items.kind from runs
     left join review_items on review_items.org_id = runs.org_id and review_items.subject_id = runs.id::text
     where runs.org_id = $1 order by runs.status`);
  expect(rows).toEqual([
    { status: 'completed', tries: 0, kind: null },
    { status: 'failed', tries: 5, kind: 'failed_run' },
  ]);
});

test('what two workers gave up on is put before a person once, and what one of them decided is not', async ({
  school,
}) => {
  await school.listenTo('contact.created');
  await school.publish('drip', drip);
  await school.login('mia@example.com');
  const store = new PgDecideStore(school.db.worker);
  const claimed = await store.transaction((session) => session.claims.events(20, school.clock.now()));
  const [first, second] = claimed.filter(({ orgId }) => orgId === school.id);
  if (!first || !second) throw new Error('There are two events: contact.created and user.login.');
  for (const _ of ['one worker', 'the other']) await store.eventFailed(first, 'broken', null);
  await school.loops.drain();
  await store.eventFailed(second, 'broken', null);
  school.clock.advance(3_600_000);
  const due = await store.transaction((session) => session.claims.runs(20, school.clock.now()));
  const run = due.find(({ orgId }) => orgId === school.id);
  if (!run) throw new Error('The drip has a run that is due.');
  for (const _ of ['one worker', 'the other']) await store.runFailed(run, 'broken', null);
  const { rows } = await school.queryOwn(
    'select kind, subject_id from review_items where org_id = $1 order by kind',
  );
  expect(rows).toEqual([
    { kind: 'failed_event', subject_id: first.event.id },
    { kind: 'failed_run', subject_id: run.id },
  ]);
});

test('a schedule that cannot tick is put off and told of; runs and other schedules go on', async ({
  school,
}) => {
  const weekly: FlowDefinitionInput = {
    name: 'Weekly',
    trigger: { type: 'schedule', cron: '0 9 * * 1', audience: { all: [] } },
    steps: [message('news')],
  };
  await school.publish('weekly', weekly, { nextTickAt: school.clock.now() });
  await school.publish('drip', drip);
  await school.login('mia@example.com');
  await school.loops.drain();
  const other = await school.neighbour('Broken school');
  const { flowId } = await other.publish('weekly', weekly, { nextTickAt: school.clock.now() });
  await other.queryOwn(`update organization_settings set time_zone = 'Nowhere/Here' where org_id = $1`);
  school.clock.advance(3_600_000);
  await expect(school.loops.runs.round(10)).rejects.toThrow('could not tick');
  await school.loops.drain();
  const { rows } = await school.queryOwn('select step_id from messages where org_id = $1 order by 1');
  expect(rows.map((row) => row.step_id)).toEqual(['hello', 'news']);
  const put = await school.db.owner.query('select next_tick_at from flows where id = $1', [flowId]);
  expect(put.rows[0].next_tick_at.getTime()).toBeGreaterThan(school.clock.now().getTime());
});
