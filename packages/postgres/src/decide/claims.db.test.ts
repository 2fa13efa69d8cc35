import { ClaimLoop } from '@halyard/core/claim-loop';
import { expect } from 'vitest';
import { silent, TestLoops } from '../testing/deciding.js';
import { drip, login, message, decidingTest as test } from '../testing/deciding-school.js';
import { PgDecideStore } from './decide-store.js';

test('while somebody decides about a contact, its later events wait and those of others do not', async ({
  school,
}) => {
  await school.listenTo('contact.created', 'user.login');
  const store = new PgDecideStore(school.db.worker);
  const claim = () => store.transaction((session) => session.claims.events(10, school.clock.now()));
  const [made] = await school.login('mia@example.com');
  const contact_id = made?.kind === 'recorded' ? made.contactId : null;
  await store.transaction(async (session) => {
    expect(await session.claims.events(10, school.clock.now())).toHaveLength(2); // contact.created and user.login
    await school.login('', {
      contact: undefined,
      contact_id,
      create_contact: false,
      payload: { later: true },
    });
    expect(await claim()).toEqual([]);
    await school.login('other@example.com');
    const others = await claim();
    expect(others.map(({ event }) => event.contactId)).not.toContain(contact_id);
    expect(others).toHaveLength(2);
  });
  expect((await claim()).filter(({ event }) => event.contactId === contact_id)).toHaveLength(3);
});

test('an event that is tried apart is not taken before the earlier ones of its contact', async ({
  school,
}) => {
  await school.listenTo('contact.created', 'user.login');
  await school.login('mia@example.com');
  const store = new PgDecideStore(school.db.worker);
  const claimed = await store.transaction((session) => session.claims.events(10, school.clock.now()));
  const [first, second] = claimed.filter(({ orgId }) => orgId === school.id).map(({ event }) => event.id);
  if (!first || !second) throw new Error('There are two events: contact.created and user.login.');
  const apart = (id: typeof first) =>
    store.transaction(async (session) => {
      const events = await session.claims.event(school.id, id);
      await session.claims.settle(events);
      return events.map(({ event }) => event.id);
    });
  expect(await apart(second)).toEqual([]);
  expect(await apart(first)).toEqual([first]);
  expect(await apart(second)).toEqual([second]);
});

test('many events of one contact are decided without a pause', async ({ school }) => {
  await school.record(...Array.from({ length: 300 }, () => login('mia@example.com')));
  const report = { loopFailed: (_: string, error: unknown) => expect.fail(String(error)) };
  const work = (limit: number) => school.loops.events.round(limit);
  const loop = new ClaimLoop({
    name: 'decide',
    kind: 'events',
    work,
    wakeups: silent,
    clock: school.clock,
    report,
    idleMs: 60_000,
  });
  loop.start();
  await expect.poll(() => school.count('pending_events'), { timeout: 10_000, interval: 20 }).toBe(0);
  await loop.stop();
});

test('two loops on one database decide every event once, and those of a contact in order', async ({
  school,
}) => {
  await school.publish('echo', {
    name: 'Echo',
    trigger: { type: 'event', event: 'user.login' },
    reentry: 'always',
    steps: [message('hello')],
  });
  const others = new TestLoops(school.db, school.clock);
  const people = Array.from({ length: 12 }, (_, n) => `p${n}@example.com`);
  const working = { done: false };
  const work = async (each: TestLoops) => {
    while (!working.done) await each.events.round(7);
    await each.drain(7);
  };
  const workers = [work(school.loops), work(others)];
  for (let n = 0; n < 10; n++)
    await Promise.all(people.map((email) => school.login(email, { payload: { n } })));
  working.done = true;
  await Promise.all(workers);
  await school.loops.drain();
  const { rows } =
    await school.queryOwn(`select runs.contact_id, array_agg((events.payload->>'n')::int order by runs.id) as order
     from runs join events on events.org_id = runs.org_id and events.id = runs.trigger_event_id
     where runs.org_id = $1 group by 1`);
  expect(rows.length).toBe(people.length);
  for (const row of rows) expect(row.order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test("one organization's backlog does not delay another's event", async ({ school }) => {
  await school.listenTo('user.login');
  for (let n = 0; n < 30; n++) await school.login(`busy${n}@example.com`);
  const quiet = await school.neighbour('Quiet school');
  await quiet.listenTo('user.login');
  await quiet.login('quiet@example.com');
  await school.loops.events.round(10);
  expect(await quiet.count('pending_events')).toBe(0);
  expect(await school.count('pending_events')).toBeGreaterThan(0);
});

test("one organization's due runs do not delay another's", async ({ school }) => {
  await school.publish('drip', drip);
  for (let n = 0; n < 30; n++) await school.login(`busy${n}@example.com`);
  await school.loops.drain();
  const quiet = await school.neighbour('Quiet school');
  await quiet.publish('drip', drip);
  school.clock.advance(60_000);
  await quiet.login('quiet@example.com');
  await school.loops.drain();
  school.clock.advance(3_600_000);
  await school.loops.runs.round(10);
  expect(await quiet.count('messages')).toBe(1);
});
