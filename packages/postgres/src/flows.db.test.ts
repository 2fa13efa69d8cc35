import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { FlowDefinition as Definition } from '@halyard/contracts/flows/definition';
import { ManualClock } from '@halyard/core/clock';
import { checksInPlace, FlowChecks } from '@halyard/core/flows/flow-checks';
import { Flows } from '@halyard/core/flows/flows';
import { Publishing } from '@halyard/core/flows/publishing';
import { Runs } from '@halyard/core/flows/runs';
import type { ContactId, FlowId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PgRunStore } from './flow-runs.js';
import { PgPublishingStore } from './flow-versions.js';
import { PgFlowStore } from './flows.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

const actor = { type: 'user' as const, id: 'u1', name: 'Gerrit' };
const clock = new ManualClock(new Date('2026-05-01T09:00:00Z'));
const poked: string[] = [];
const wakeups = { poke: (kind: string) => void poked.push(kind), listen: () => () => {} };

let db: TestDatabase;
let flows: Flows;
let publishing: Publishing;
let runs: Runs;
let school: OrgId;
let other: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  const store = new PgFlowStore(db.app);
  const checks = new FlowChecks(store, checksInPlace);
  flows = new Flows(store, checks, randomIds);
  publishing = new Publishing(new PgPublishingStore(db.app), checks, randomIds, clock);
  runs = new Runs(new PgRunStore(db.app, randomIds, clock), wakeups);
  school = await db.organization();
  other = await db.organization('Another school');
});
afterAll(() => db.drop());

const leave = { id: 'leave', type: 'exit' };
const define = (name: string, steps: unknown[] = [leave], more: object = {}): FlowDefinition =>
  Definition.parse({ name, trigger: { type: 'api' }, steps, ...more });
const create = (name: string, steps?: unknown[], more?: object) =>
  flows.create(school, { definition: define(name, steps, more) }, actor).then(({ id }) => id as FlowId);
const published = async (name: string): Promise<FlowId> => {
  const id = await create(name);
  await publishing.publish(school, id, 100, actor);
  return id;
};
const contact = async (orgId: OrgId): Promise<ContactId> => {
  const id = randomIds<ContactId>();
  await db.app.forOrg(orgId, (tx) => tx.insertInto('contacts').values({ org_id: orgId, id }).execute());
  return id;
};

test('a draft is kept as it was written, under a key made from its name', async () => {
  const flow = await flows.create(school, { definition: define('Segelschule: Vorher für Gäste') }, actor);
  expect(flow).toMatchObject({
    key: 'segelschule-vorher-fuer-gaeste',
    status: 'draft',
    has_draft: true,
    live: [],
  });
  expect((await flows.read(school, flow.id as FlowId)).draft).toEqual(
    define('Segelschule: Vorher für Gäste'),
  );
});

test('two flows cannot have the same key', async () => {
  await create('Same');
  await expect(create('Same')).rejects.toMatchObject({ code: 'conflict' });
});

test('a draft with mistakes can be kept but not published, and the step is named', async () => {
  const id = await create('Broken', [
    { id: 'hello', type: 'message', template: 'nowhere', channels: ['email'] },
  ]);
  const [issue] = await flows.check(school, id);
  expect(issue).toMatchObject({ path: 'steps.0.template', message: expect.stringContaining('Step "hello"') });
  await expect(publishing.publish(school, id, 100, actor)).rejects.toMatchObject({
    code: 'invalid_definition',
    issues: [issue],
  });
});

test('a published draft is live, and later versions share new contacts with it', async () => {
  const id = await create('Ramp');
  expect(await publishing.publish(school, id, 100, actor)).toMatchObject({
    status: 'live',
    has_draft: false,
    live: [{ version: 1, weight: 100 }],
  });
  await flows.update(school, id, { definition: define('Ramp', [{ ...leave, reason: 'done' }]) }, actor);
  expect((await publishing.publish(school, id, 10, actor)).live).toEqual([
    { version: 1, weight: 90 },
    { version: 2, weight: 10 },
  ]);
  expect(await publishing.diff(school, id, 1, 2)).toEqual([
    { change: 'added', path: 'steps.leave.reason', after: 'done' },
  ]);
  expect((await publishing.rollBack(school, id, 1, actor)).live).toEqual([{ version: 1, weight: 100 }]);
  expect(await publishing.versions(school, id)).toMatchObject([
    { number: 2, weight: 0, published_by: 'Gerrit', active_runs: 0 },
    { number: 1, weight: 100 },
  ]);
});

test('two publications at once follow one another', async () => {
  const id = await published('Twice');
  await flows.update(school, id, { definition: define('Twice', [{ ...leave, reason: 'b' }]) }, actor);
  const results = await Promise.allSettled([
    publishing.publish(school, id, 50, actor),
    publishing.publish(school, id, 50, actor),
  ]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect((await flows.read(school, id)).live).toEqual([
    { version: 1, weight: 50 },
    { version: 2, weight: 50 },
  ]);
});

test('a draft that is changed while it is checked is not published', async () => {
  const id = await create('Changing');
  const store = new PgFlowStore(db.app);
  const changing = new FlowChecks(store, {
    check: async () => {
      await flows.update(school, id, { definition: define('Changed') }, actor);
      return [];
    },
  });
  const slow = new Publishing(new PgPublishingStore(db.app), changing, randomIds, clock);
  await expect(slow.publish(school, id, 100, actor)).rejects.toMatchObject({ code: 'conflict' });
  expect(await flows.read(school, id)).toMatchObject({ status: 'draft', draft: { name: 'Changed' } });
});

test('a schedule has its next time while it is live, in the organization’s zone', async () => {
  const trigger = { type: 'schedule', cron: '0 9 * * 1', audience: { all: [] } };
  const id = await create('Mondays', [leave], { trigger });
  expect(await publishing.publish(school, id, 100, actor)).toMatchObject({
    next_tick_at: '2026-05-04T07:00:00.000Z',
  });
  expect(await publishing.turn(school, id, 'paused', actor)).toMatchObject({
    status: 'paused',
    next_tick_at: null,
  });
  expect((await publishing.turn(school, id, 'live', actor)).next_tick_at).not.toBeNull();
});

test('a flow that was never published is removed, one that was is archived', async () => {
  const draft = await create('Away');
  await flows.remove(school, draft, actor);
  await expect(flows.read(school, draft)).rejects.toMatchObject({ code: 'not_found' });
  const live = await published('Stays');
  await expect(flows.remove(school, live, actor)).rejects.toMatchObject({ code: 'invalid_state' });
  await publishing.turn(school, live, 'archived', actor);
  const listed = await flows.list(school, { limit: 200 });
  expect(listed.items.map(({ key }) => key)).not.toContain('stays');
});

test('starting asks the decide loop for each contact, once, and for strangers not at all', async () => {
  const id = await published('By hand');
  const guest = await contact(school);
  poked.length = 0;
  const subject = { type: 'booking', id: 'b-1' };
  expect(await runs.start(school, id, { contact_ids: [guest, guest], subject, again: false }, actor)).toBe(1);
  expect(poked).toEqual(['events']);
  const events = await db.app.forOrg(school, (tx) =>
    tx.selectFrom('events').selectAll().where('type', '=', 'flow.start_requested').execute(),
  );
  expect(events).toMatchObject([{ contact_id: guest, subject_id: 'b-1', payload: { flow_id: id } }]);
  const stranger = await contact(other);
  await expect(
    runs.start(school, id, { contact_ids: [guest, stranger], again: false }, actor),
  ).rejects.toMatchObject({
    code: 'invalid_request',
    issues: [{ path: 'body.contact_ids.1' }],
  });
});

test('a flow that is not live takes nobody', async () => {
  const id = await create('Not yet');
  const start = runs.start(school, id, { contact_ids: [await contact(school)], again: false }, actor);
  await expect(start).rejects.toMatchObject({ code: 'invalid_state' });
});

test('stopping asks for those who have a run, and runs are listed with where they stand', async () => {
  const id = await published('Stoppable');
  const [version] = await publishing.versions(school, id);
  const contacts = [await contact(school), await contact(school), await contact(school)];
  for (const [n, contactId] of contacts.entries())
    await db.app.forOrg(school, (tx) =>
      tx
        .insertInto('runs')
        .values({
          org_id: school,
          id: randomIds(),
          flow_id: id,
          version_id: version?.id ?? '',
          contact_id: contactId,
          status: n === 2 ? 'completed' : 'active',
          position: JSON.stringify({ step: 'leave' }),
          started_at: `2026-05-0${n + 1}T09:00:00Z`,
        })
        .execute(),
    );
  expect(await runs.stop(school, id, { all: true }, actor)).toBe(2);
  const first = await runs.list(school, id, { limit: 2 });
  const second = await runs.list(school, id, { limit: 2, cursor: first.next_cursor ?? '' });
  expect([...first.items, ...second.items].map(({ contact_id }) => contact_id)).toEqual(
    [...contacts].reverse(),
  );
  expect(first.items[0]).toMatchObject({ version: 1, status: 'completed', step: 'leave', subject: null });
  const contactOfOne = contacts[1] as ContactId;
  const own = await runs.ofContact(school, contactOfOne, { limit: 2 });
  expect(own.items).toMatchObject([
    { contact_id: contactOfOne, flow: { id, name: 'Stoppable' }, status: 'active' },
  ]);
});

test('another organization sees nothing and changes nothing', async () => {
  const id = await published('Ours');
  const missing = { code: 'not_found' };
  expect((await flows.list(other, { limit: 200 })).items).toEqual([]);
  await expect(flows.read(other, id)).rejects.toMatchObject(missing);
  await expect(flows.update(other, id, { key: 'theirs' }, actor)).rejects.toMatchObject(missing);
  await expect(flows.remove(other, id, actor)).rejects.toMatchObject(missing);
  await expect(publishing.versions(other, id)).rejects.toMatchObject(missing);
  await expect(publishing.version(other, id, 1)).rejects.toMatchObject(missing);
  await expect(publishing.publish(other, id, 100, actor)).rejects.toMatchObject(missing);
  await expect(publishing.turn(other, id, 'paused', actor)).rejects.toMatchObject(missing);
  await expect(runs.list(other, id, { limit: 10 })).rejects.toMatchObject(missing);
  const ours = await contact(school);
  await expect(runs.ofContact(other, ours, { limit: 10 })).rejects.toMatchObject(missing);
  const theirs = await contact(other);
  await expect(runs.start(other, id, { contact_ids: [theirs], again: false }, actor)).rejects.toMatchObject(
    missing,
  );
  await expect(runs.stop(other, id, { all: true }, actor)).rejects.toMatchObject(missing);
  const named = { id: 'a', type: 'message', template: 'hello', channels: ['email'] };
  const naming = define('Naming', [named]);
  const { templates, flows: keys } = await new PgFlowStore(db.app).known(other, 'x', naming);
  expect([templates.size, keys.size]).toEqual([0, 0]);
  expect(await flows.read(school, id)).toMatchObject({ key: 'ours', status: 'live' });
});

test('every change is on the audit log', async () => {
  const id = await published('Audited');
  await publishing.turn(school, id, 'paused', actor);
  const { rows } = await db.owner.query(
    `select action, actor_name, changes from audit_log where target_id = $1 order by seq`,
    [id],
  );
  expect(rows.map((row) => row.action)).toEqual(['flow.created', 'flow.published', 'flow.paused']);
  expect(rows[1]).toMatchObject({ actor_name: 'Gerrit', changes: { status: 'live', weights: { 1: 100 } } });
});
