import { randomUUID } from 'node:crypto';
import { OutreachItem } from '@halyard/contracts/outreach/item';
import { ManualClock } from '@halyard/core/clock';
import type { ContactId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { Outreach } from '@halyard/core/outreach/outreach';
import { ReleaseSteps } from '@halyard/core/outreach/release-steps';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PgErasureStore } from './erasure.js';
import { PgOutreachStore } from './outreach.js';
import { PgStepStore } from './outreach-steps.js';
import { PgTenantStore } from './outreach-tenants.js';
import { PgQuarantine } from './review/quarantine.js';
import { silent } from './testing/deciding.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

let db: TestDatabase;
let clock: ManualClock;
let store: PgOutreachStore;
let outreach: Outreach;
let steps: ReleaseSteps;
let school: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  clock = new ManualClock(new Date('2026-04-01T10:00:00Z'));
  store = new PgOutreachStore(db.app, randomIds);
  outreach = new Outreach(store, clock, silent, new PgQuarantine(db.app));
  steps = new ReleaseSteps(new PgStepStore(db.worker), clock, randomIds, silent);
  school = await db.organization();
});

const item = (given: object = {}) =>
  OutreachItem.parse({
    id: randomUUID(),
    tenant_id: school,
    user_id: '00000000-0000-4000-8000-000000000009',
    channel: 'email',
    subject: 'Ahoy',
    body: 'Would you like to sail?',
    target: { email: 'Mia@example.com', name: 'Mia van Dyk', external_ids: { crm_contact_id: 'C-1' } },
    schedule_at: null,
    sequence_id: null,
    step: 1,
    ...given,
  });
const statusOf = async (id: string) => (await outreach.read(school, id)).status;
const mark = (id: string, status: string) =>
  db.owner.query(
    `update messages set status = $2, sent_at = case when $2 = 'sent' then now() end where subject_id = $1`,
    [id, status],
  );
const soon = async () => {
  clock.advance(5_000);
  await steps.round(50);
};

test('an item makes the contact, the event and the message, and tells what became of it', async () => {
  const pushed = item({ schedule_at: '2026-04-02T09:00:00+02:00' });
  await outreach.push(school, pushed);
  const { rows } = await db.owner.query(
    `select contacts.first_name, contacts.last_name, messages.content, messages.target, messages.due_at, messages.class,
       (select count(*)::int from events where events.contact_id = contacts.id and type = 'outreach.received') as events
     from messages join contacts on contacts.id = messages.contact_id where messages.org_id = $1`,
    [school],
  );
  expect(rows).toEqual([
    {
      first_name: 'Mia',
      last_name: 'van Dyk',
      content: { subject: 'Ahoy', body: 'Would you like to sail?' },
      target: { email: 'Mia@example.com', name: 'Mia van Dyk' },
      due_at: new Date('2026-04-02T07:00:00Z'),
      class: 'marketing',
      events: 1,
    },
  ]);
  expect(await outreach.read(school, pushed.id)).toMatchObject({
    status: 'scheduled',
    sent_at: null,
    error: null,
  });
  await mark(pushed.id, 'sent');
  expect(await outreach.read(school, pushed.id)).toMatchObject({ status: 'sent', error: null });
  await db.owner.query(`update messages set status = 'skipped', reason = 'opted_out' where subject_id = $1`, [
    pushed.id,
  ]);
  expect(await outreach.read(school, pushed.id)).toMatchObject({ status: 'skipped', error: 'opted_out' });
});

test('the same item again is answered as the first time, another with its id is refused', async () => {
  const pushed = item();
  const first = await outreach.push(school, pushed);
  clock.advance(60_000);
  expect(await outreach.push(school, pushed)).toEqual(first);
  await expect(outreach.push(school, { ...pushed, body: 'Other' })).rejects.toMatchObject({
    code: 'idempotency_conflict',
  });
});

test('Feature: outreach, Property 1: however often and concurrently items are pushed, each is one message', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 5 }), {
        minLength: 1,
        maxLength: 3,
      }),
      async (senders) => {
        const items = Array.from({ length: 5 }, (_, n) => item({ target: { email: `p${n}@example.com` } }));
        const pick = (n: number) => items[n] ?? item();
        await Promise.all(senders.map((ids) => outreach.pushBatch(school, ids.map(pick))));
        const sent = new Set(senders.flat());
        const { rows } = await db.owner.query(
          'select count(*)::int as n from messages where subject_id = any ($1)',
          [items.map((one) => one.id)],
        );
        expect(rows[0].n).toBe(sent.size);
      },
    ),
    { numRuns: 100 },
  );
});

test('a step is not scheduled before the one before it was sent, whatever order they come in', async () => {
  const sequence_id = randomUUID();
  const [one, two, three] = [1, 2, 3].map((step) => item({ sequence_id, step }));
  if (!one || !two || !three) throw new Error('three steps');
  await outreach.push(school, three);
  await outreach.push(school, two);
  await soon();
  expect([await statusOf(two.id), await statusOf(three.id)]).toEqual(['waiting', 'waiting']);
  await outreach.push(school, one);
  await soon();
  expect([await statusOf(one.id), await statusOf(two.id)]).toEqual(['scheduled', 'waiting']);
  await mark(one.id, 'sent');
  await soon();
  expect([await statusOf(two.id), await statusOf(three.id)]).toEqual(['scheduled', 'waiting']);
  const listed = await outreach.list(school, { sequence_id, limit: 2 });
  expect(listed.items.map((state) => state.step)).toEqual([1, 2]);
  const rest = await outreach.list(school, { sequence_id, limit: 2, cursor: listed.next_cursor ?? '' });
  expect(rest.items.map((state) => state.step)).toEqual([3]);
});

test('a step also keeps its own time, and another target of the sequence is not held up', async () => {
  const sequence_id = randomUUID();
  const one = item({ sequence_id });
  const two = item({ sequence_id, step: 2, schedule_at: '2026-04-05T10:00:00Z' });
  const other = item({ sequence_id, target: { email: 'other@example.com' } });
  await outreach.pushBatch(school, [one, two, other]);
  await mark(one.id, 'sent');
  await soon();
  expect([await statusOf(two.id), await statusOf(other.id)]).toEqual(['waiting', 'scheduled']);
  clock.set(new Date('2026-04-05T10:00:00Z'));
  await soon();
  expect(await statusOf(two.id)).toBe('scheduled');
});

test('when a step did not go out, those behind it are cancelled with the reason', async () => {
  const sequence_id = randomUUID();
  const items = [1, 2, 3].map((step) => item({ sequence_id, step }));
  await outreach.pushBatch(school, items);
  await mark(items[0]?.id ?? '', 'skipped');
  for (let n = 0; n < 3; n++) {
    clock.advance(400_000);
    await steps.round(50);
  }
  expect(await outreach.read(school, items[1]?.id ?? '')).toMatchObject({
    status: 'cancelled',
    error: 'previous_step_skipped',
  });
  expect(await outreach.read(school, items[2]?.id ?? '')).toMatchObject({
    status: 'cancelled',
    error: 'previous_step_cancelled',
  });
});

test('a tenant of the calling service is taken once it is mapped', async () => {
  const tenant_id = randomUUID();
  await expect(outreach.push(school, item({ tenant_id }))).rejects.toMatchObject({
    issues: [{ path: 'body.tenant_id' }],
  });
  const tenants = new PgTenantStore(db.app);
  const audit = { actor: { type: 'user' as const, id: 'u' }, action: 'outreach_tenant.mapped' };
  await tenants.map(school, tenant_id, audit);
  await tenants.map(school, tenant_id, audit);
  expect(await tenants.list(school)).toMatchObject([{ tenant_id }]);
  await outreach.push(school, item({ tenant_id }));
  expect(await tenants.unmap(school, tenant_id, audit)).toBe(true);
  await expect(outreach.push(school, item({ tenant_id }))).rejects.toMatchObject({ code: 'invalid_request' });
});

test('a chat item needs no person, an email needs an address that is one', async () => {
  const chat = item({ channel: 'slack', target: {} });
  expect(await outreach.push(school, chat)).toMatchObject({ contact_id: null });
  await expect(outreach.push(school, item({ target: { email: 'not an address' } }))).rejects.toMatchObject({
    code: 'invalid_request',
    issues: [{ path: 'body.target' }],
  });
  expect(OutreachItem.safeParse({ ...item(), target: {} }).error?.issues[0]?.path).toEqual([
    'target',
    'email',
  ]);
});

test('an erased contact leaves no trace in its items, and a step that waited is cancelled', async () => {
  const sequence_id = randomUUID();
  const [one, two] = [item({ sequence_id }), item({ sequence_id, step: 2 })];
  const { contact_id } = await outreach.push(school, one);
  await outreach.push(school, two);
  const actor = { type: 'user' as const, id: 'u' };
  const erasures = new PgErasureStore(db.app);
  await erasures.erase(school, contact_id as ContactId, { suppress: false }, { actor, at: clock.now() });
  await soon();
  expect(await outreach.read(school, two.id)).toMatchObject({ status: 'cancelled', error: 'contact_erased' });
  const { rows } = await db.owner.query(
    'select outreach_items::text as row from outreach_items where org_id = $1',
    [school],
  );
  for (const { row } of rows) expect(row).not.toMatch(/mia|sail/i);
});

test('another organization sees nothing', async () => {
  const pushed = item();
  await outreach.push(school, pushed);
  const other = await db.organization('Another school');
  expect(await store.read(other, pushed.id)).toBeNull();
  expect((await store.list(other, { limit: 10 })).items).toEqual([]);
  await new PgTenantStore(db.app).map(school, randomUUID(), {
    actor: { type: 'user', id: 'u' },
    action: 'outreach_tenant.mapped',
  });
  expect(await store.tenants(other)).toEqual([]);
  expect(await new PgTenantStore(db.app).list(other)).toEqual([]);
});
