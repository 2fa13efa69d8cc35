import { EventInput } from '@halyard/contracts/events/event';
import type { FlowDefinitionInput } from '@halyard/contracts/flows/definition';
import { ClaimLoop } from '@halyard/core/claim-loop';
import { ManualClock } from '@halyard/core/clock';
import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { PgEventStore } from '../events.js';
import { replays } from '../review/replay.js';
import { publish, silent, TestLoops } from '../testing/deciding.js';
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

test('while somebody decides about a contact, its later events wait and those of others do not', async () => {
  const store = new PgDecideStore(db.worker);
  const claim = () => store.transaction((session) => session.claims.events(10, clock.now()));
  const [made] = await login('mia@example.com');
  const contact_id = made?.kind === 'recorded' ? made.contactId : null;
  await store.transaction(async (session) => {
    expect(await session.claims.events(10, clock.now())).toHaveLength(2); // contact.created and user.login
    await login('', { contact: undefined, contact_id, create_contact: false, payload: { later: true } });
    expect(await claim()).toEqual([]);
    await login('other@example.com');
    const others = await claim();
    expect(others.map(({ event }) => event.contactId)).not.toContain(contact_id);
    expect(others).toHaveLength(2);
  });
  expect((await claim()).filter(({ event }) => event.contactId === contact_id)).toHaveLength(3);
});

test('an event that is tried apart is not taken before the earlier ones of its contact', async () => {
  await login('mia@example.com');
  const store = new PgDecideStore(db.worker);
  const claimed = await store.transaction((session) => session.claims.events(10, clock.now()));
  const [first, second] = claimed.filter(({ orgId }) => orgId === school).map(({ event }) => event.id);
  if (!first || !second) throw new Error('There are two events: contact.created and user.login.');
  const apart = (id: typeof first) =>
    store.transaction(async (session) => {
      const events = await session.claims.event(school, id);
      await session.claims.settle(events);
      return events.map(({ event }) => event.id);
    });
  expect(await apart(second)).toEqual([]);
  expect(await apart(first)).toEqual([first]);
  expect(await apart(second)).toEqual([second]);
});

test('many events of one contact are decided without a pause', async () => {
  for (let n = 0; n < 3; n++)
    await new PgEventStore(db.app, randomIds).record(
      school,
      Array.from({ length: 100 }, (_, i) =>
        EventInput.parse({
          type: 'user.login',
          id: `${n} ${i}`,
          contact: { email: 'mia@example.com' },
          create_contact: true,
        }),
      ),
      clock.now(),
    );
  const report = { loopFailed: (_: string, error: unknown) => expect.fail(String(error)) };
  const work = (limit: number) => loops.events.round(limit);
  const loop = new ClaimLoop({
    name: 'decide',
    kind: 'events',
    work,
    wakeups: silent,
    clock,
    report,
    idleMs: 60_000,
  });
  loop.start();
  const left = () => db.owner.query('select from pending_events where org_id = $1', [school]);
  await vi.waitFor(async () => expect((await left()).rows).toHaveLength(0), {
    timeout: 10_000,
    interval: 20,
  });
  await loop.stop();
});

test('two loops on one database decide every event once, and those of a contact in order', async () => {
  await publish(db, school, 'echo', {
    name: 'Echo',
    trigger: { type: 'event', event: 'user.login' },
    reentry: 'always',
    steps: [message('hello')],
  });
  const others = new TestLoops(db, clock);
  const people = Array.from({ length: 12 }, (_, n) => `p${n}@example.com`);
  const working = { done: false };
  const work = async (each: TestLoops) => {
    while (!working.done) await each.events.round(7);
    await each.drain(7);
  };
  const workers = [work(loops), work(others)];
  for (let n = 0; n < 10; n++) await Promise.all(people.map((email) => login(email, { payload: { n } })));
  working.done = true;
  await Promise.all(workers);
  await loops.drain();
  const { rows } = await db.owner.query(
    `select runs.contact_id, array_agg((events.payload->>'n')::int order by runs.id) as order
     from runs join events on events.org_id = runs.org_id and events.id = runs.trigger_event_id
     where runs.org_id = $1 group by 1`,
    [school],
  );
  expect(rows.length).toBe(people.length);
  for (const row of rows) expect(row.order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test("one organization's backlog does not delay another's event", async () => {
  const busy = school;
  for (let n = 0; n < 30; n++) await login(`busy${n}@example.com`);
  school = await db.organization('Quiet school');
  await login('quiet@example.com');
  await loops.events.round(10);
  const { rows } = await db.owner.query('select count(*)::int as n from pending_events where org_id = $1', [
    school,
  ]);
  expect(rows[0].n).toBe(0);
  const left = await db.owner.query('select count(*)::int as n from pending_events where org_id = $1', [
    busy,
  ]);
  expect(left.rows[0].n).toBeGreaterThan(0);
});

test("one organization's due runs do not delay another's", async () => {
  await publish(db, school, 'drip', drip);
  for (let n = 0; n < 30; n++) await login(`busy${n}@example.com`);
  await loops.drain();
  school = await db.organization('Quiet school');
  await publish(db, school, 'drip', drip);
  clock.advance(60_000);
  await login('quiet@example.com');
  await loops.drain();
  clock.advance(3_600_000);
  await loops.runs.round(10);
  const { rows } = await db.owner.query('select count(*)::int as n from messages where org_id = $1', [
    school,
  ]);
  expect(rows[0].n).toBe(1);
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
