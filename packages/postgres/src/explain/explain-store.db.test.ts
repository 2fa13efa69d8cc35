import type { ContactId, EventId, FlowId, MessageId, OrgId, RunId } from '@halyard/core/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { upsertContacts } from '../contact-writer.js';
import { recordEvents } from '../event-recorder.js';
import { publish } from '../testing/deciding.js';
import { inventRow } from '../testing/invented-row.js';
import type { TestDatabase } from '../testing/test-database.js';
import { openTestDatabase } from '../testing/test-database.js';
import { PgExplainStore } from './explain-store.js';

let db: TestDatabase;
let store: PgExplainStore;
let school: OrgId;
let other: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  store = new PgExplainStore(db.app);
  school = await db.organization();
  other = await db.organization('Another school');
});
afterAll(() => db.drop());

const now = new Date();

async function contact(input: object): Promise<ContactId> {
  const [made] = await db.app.forOrg(school, (tx) => upsertContacts(tx, school, [input], now));
  if (made?.outcome === 'refused' || !made) throw new Error('A contact of a test was refused.');
  return made.id;
}

let events = 0;
async function happen(
  contactId: ContactId,
  type: string,
  payload: Record<string, unknown> = {},
): Promise<EventId> {
  const id = `00000000-0000-7000-8000-${String(++events).padStart(12, '0')}` as EventId;
  await db.app.forOrg(school, (tx) =>
    recordEvents(tx, school, [{ id, type, contactId, payload, occurredAt: now }]),
  );
  return id;
}

test('a contact is found by its id, external id, address and number', async () => {
  const id = await contact({ external_id: 'crm-1', email: 'Ann@Example.com', phone: '+4917612345678' });
  for (const named of [id, 'crm-1', 'ann@example.COM', '+49 176 12345678'])
    expect(await store.read(school, (reader) => reader.contact(named))).toMatchObject({ id });
  for (const named of [
    'crm-2',
    'nobody@example.com',
    '+4917600000000',
    '00000000-0000-7000-8000-000000000000',
  ])
    expect(await store.read(school, (reader) => reader.contact(named))).toBeNull();
});

test('the latest event of a pattern is found, and requests to enter this flow alone', async () => {
  const ann = await contact({ email: 'events@example.com' });
  // Only what a flow may come of waits for a decision.
  await publish(db, school, 'paid', {
    name: 'Paid',
    trigger: { type: 'event', event: 'order.paid' },
    steps: [{ id: 'bye', type: 'exit' }],
  });
  const paid = await happen(ann, 'order.paid');
  await happen(ann, 'orders.paid');
  const flow = '00000000-0000-7000-8000-00000000f10f' as FlowId;
  const latest = (patterns: string[], after?: Date) =>
    store.read(school, (reader) => reader.latestEvent(ann, { patterns, requests: flow }, after));
  expect(await latest(['order.*'])).toMatchObject({ event: { id: paid }, state: 'pending' });
  expect(await latest(['order'])).toBeNull();
  expect(await latest(['order.paid'], new Date(Date.now() + 60_000))).toBeNull();
  await happen(ann, 'flow.start_requested', { flow_id: 'another' });
  expect(await latest([])).toBeNull();
  const asked = await happen(ann, 'flow.start_requested', { flow_id: flow });
  await db.owner.query('delete from pending_events where event_id = $1', [asked]);
  expect(await latest([])).toMatchObject({ event: { id: asked }, state: 'decided' });
});

test('another organization sees nothing', async () => {
  const ann = await contact({ email: 'mine@example.com' });
  const event = await happen(ann, 'order.paid');
  const { flowId } = await publish(db, school, 'mine', {
    name: 'Mine',
    trigger: { type: 'event', event: 'order.paid' },
    steps: [{ id: 'bye', type: 'exit' }],
  });
  const message = await inventRow(db.owner, school, 'messages');
  const run = await inventRow(db.owner, school, 'runs');
  const seen = (orgId: OrgId) =>
    store.read(orgId, async (reader) => [
      await reader.message(message.id as MessageId),
      await reader.flow(flowId),
      await reader.contact('mine@example.com'),
      await reader.event(event),
      await reader.latestEvent(ann, { patterns: ['order.*'], requests: flowId }),
      (await reader.factsAt({ contactId: ann, subject: null, event: null, runId: null }, now)).facts.contact,
    ]);
  expect((await seen(school)).every((one) => one !== null)).toBe(true);
  expect(await seen(other)).toEqual([null, null, null, null, null, null]);
  const lists = (orgId: OrgId) =>
    store.read(orgId, async (reader) => [
      await reader.runs(run.flow_id as FlowId, run.contact_id as ContactId),
      await reader.decisions(run.contact_id as ContactId, run.id as RunId),
      [...(await reader.admissions(flowId, ann, ['any'], now)).taken],
    ]);
  expect(await lists(other)).toEqual([[], [], []]);
});
