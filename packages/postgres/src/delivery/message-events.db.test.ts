import type { ContactId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addContact } from '../testing/delivery.js';
import type { TestDatabase } from '../testing/test-database.js';
import { openTestDatabase } from '../testing/test-database.js';
import { recordMessageEvents } from './message-events.js';

let db: TestDatabase;
let school: OrgId;
let ada: ContactId;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  school = await db.organization();
  ada = await addContact(db, school, { email: 'ada@example.com' });
});

/** Records that a message to this contact was sent; answers whether that waits for a decision. */
async function isQueued(orgId: OrgId, contactId: ContactId): Promise<boolean> {
  const messageId = randomIds();
  const sent = { orgId, messageId, contactId, type: 'message.sent' as const, payload: {}, trace: null };
  const woken = await db.worker.across((tx) =>
    recordMessageEvents(tx, [{ ...sent, occurredAt: new Date() }]),
  );
  const { rows } = await db.owner.query(
    `select p.event_id from events e
     left join pending_events p on p.org_id = e.org_id and p.event_id = e.id
     where e.org_id = $1 and e.subject_id = $2`,
    [orgId, messageId],
  );
  expect(rows).toHaveLength(1); // on record whether or not anybody waits for it
  const queued = rows[0].event_id !== null;
  expect([...woken]).toEqual(queued ? ['events'] : []); // and the loop that decides hears of it only then
  return queued;
}

interface GivenRun {
  contactId: ContactId;
  status: string;
  waitingFor?: string[];
  wakeAt?: Date;
}

/** A flow started by this event; with a run of the contact, if one is given. */
async function addFlow(orgId: OrgId, event: string, runs: GivenRun[] = [], rules: object = {}) {
  const [flow, version] = [randomIds(), randomIds()];
  await db.owner.query(`insert into flows (org_id, id, key, name) values ($1, $2, $2::uuid::text, 'Flow')`, [
    orgId,
    flow,
  ]);
  await db.owner.query(
    `insert into flow_versions (org_id, id, flow_id, number, definition, trigger_type)
     values ($1, $2, $3, 1, $4, 'event')`,
    [orgId, version, flow, JSON.stringify({ trigger: { type: 'event', event }, ...rules })],
  );
  for (const { contactId, status, waitingFor = [], wakeAt = null } of runs)
    await db.owner.query(
      `insert into runs (org_id, id, flow_id, version_id, contact_id, status, position, started_at, waiting_for, wake_at)
       values ($1, $2, $3, $4, $5, $6, '{}', now(), $7, $8)`,
      [orgId, randomIds(), flow, version, contactId, status, waitingFor, wakeAt],
    );
}

test('what no flow can make anything of is put on record and not queued', async () => {
  await addFlow(school, 'booking.created', [{ contactId: ada, status: 'completed' }]);
  expect(await isQueued(school, ada)).toBe(false);
});

const past = new Date(Date.now() - 60_000);
const ahead = new Date(Date.now() + 3_600_000);

test.each([
  ['waits for it', { waitingFor: ['message.sent'] }, {}, true],
  ['waits for any of its kind', { waitingFor: ['message.*'] }, {}, true],
  ['has a goal that looks at it', {}, { goal: { name: 'Told', event: 'message.sent' }, exits: [] }, true],
  ['has an exit that looks at everything', {}, { exits: [{ name: 'Left', condition: {} }] }, true],
  ['should have moved by now', { wakeAt: past }, { exits: [] }, true],
  ['waits for something else', { waitingFor: ['message.opened', 'user.*'], wakeAt: ahead }, {}, false],
  ['looks at something else', {}, { goal: { name: 'Paid', event: 'order.paid' }, exits: [] }, false],
])('a contact in a flow that %s: queued only where the flow looks at it', async (_, run, rules, queued) => {
  await addFlow(school, 'booking.created', [{ contactId: ada, status: 'active', ...run }], rules);
  const bob = await addContact(db, school, { email: 'bob@example.com' });
  expect([await isQueued(school, ada), await isQueued(school, bob)]).toEqual([queued, false]);
});

test('a contact about whom something waits to be decided has it queued behind that: a flow may be about to start', async () => {
  const event = randomIds();
  await db.owner.query(
    `insert into events (org_id, id, type, contact_id, occurred_at) values ($1, $2, 'booking.created', $3, now())`,
    [school, event, ada],
  );
  await db.owner.query('insert into pending_events (org_id, event_id, contact_id) values ($1, $2, $3)', [
    school,
    event,
    ada,
  ]);
  expect(await isQueued(school, ada)).toBe(true);
});

test.each(['message.sent', 'message.*'])(
  '%s starts a flow: its organization’s are queued, and nobody else’s',
  async (trigger) => {
    await addFlow(school, trigger);
    const other = await db.organization();
    const stranger = await addContact(db, other, { email: 'eve@example.com' });
    expect([await isQueued(school, ada), await isQueued(other, stranger)]).toEqual([true, false]);
  },
);

test('message.clicked starts a flow: that one was sent is not queued for it', async () => {
  await addFlow(school, 'message.clicked');
  expect(await isQueued(school, ada)).toBe(false);
});

test('a contact that was merged into another has it queued, as the other may be in a flow', async () => {
  const bob = await addContact(db, school, { email: 'bob@example.com' });
  await db.owner.query('update contacts set merged_into = $3 where org_id = $1 and id = $2', [
    school,
    ada,
    bob,
  ]);
  expect(await isQueued(school, ada)).toBe(true);
});
