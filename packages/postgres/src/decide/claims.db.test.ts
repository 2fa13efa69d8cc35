import { EventInput } from '@halyard/contracts/events/event';
import type { FlowDefinitionInput } from '@halyard/contracts/flows/definition';
import { ClaimLoop } from '@halyard/core/claim-loop';
import { ManualClock } from '@halyard/core/clock';
import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { PgEventStore } from '../events.js';
import { listenTo, publish, silent, TestLoops } from '../testing/deciding.js';
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

test('while somebody decides about a contact, its later events wait and those of others do not', async () => {
  await listenTo(db, school, 'contact.created', 'user.login');
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
  await listenTo(db, school, 'contact.created', 'user.login');
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
  await listenTo(db, busy, 'user.login');
  for (let n = 0; n < 30; n++) await login(`busy${n}@example.com`);
  school = await db.organization('Quiet school');
  await listenTo(db, school, 'user.login');
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
