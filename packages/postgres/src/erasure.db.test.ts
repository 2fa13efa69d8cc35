import type { ContactId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { OutboxId } from '@halyard/core/outbox/outbox-event';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { recordFailure } from './alerts/failures.js';
import { appendConsent } from './consents.js';
import { upsertContacts } from './contact-writer.js';
import { PgErasureStore } from './erasure.js';
import { recordEvents } from './event-recorder.js';
import { PgMergeStore } from './merges.js';
import { scheduleMessages } from './message-writer.js';
import { tellOutside } from './outbox-writer.js';
import { suppress, suppressedAmong } from './suppressions.js';
import { inventRow } from './testing/invented-row.js';
import { tablesHolding } from './testing/tables-holding.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

const at = new Date('2026-05-01T08:00:00Z');
const change = { actor: { type: 'automation' as const, id: 'test' }, at };
const secret = 'geheim';
let db: TestDatabase;
let store: PgErasureStore;
let school: OrgId;
let anna: ContactId;
beforeAll(async () => {
  db = await openTestDatabase();
  store = new PgErasureStore(db.app);
});
beforeEach(async () => {
  school = await db.organization();
  await db.owner.query(
    `insert into endpoints (org_id, id, url, event_types, secrets, key_id) values ($1, $2, 'https://example.com', '{*}', '', 'k')`,
    [school, randomIds()],
  );
  anna = await db.app.forOrg(school, async (tx) => {
    const [one, other] = await upsertContacts(
      tx,
      school,
      [
        {
          external_id: secret,
          email: `${secret}@example.org`,
          first_name: secret,
          attributes: { [secret]: secret },
        },
        { email: `${secret}2@example.org`, phone: '+4915123456789' },
      ],
      at,
    );
    if (one?.outcome !== 'created' || other?.outcome !== 'created') throw new Error('not created');
    const evidence = { ip: '192.0.2.1', note: secret };
    await appendConsent(tx, school, [
      {
        contactId: one.id,
        channel: 'sms',
        topic: '*',
        state: 'withdrawn',
        source: 'form',
        evidence,
        occurredAt: at,
      },
    ]);
    await recordEvents(tx, school, [
      { id: randomIds(), type: 'user.login', contactId: one.id, payload: { name: secret }, occurredAt: at },
    ]);
    await scheduleMessages(tx, school, [
      {
        id: randomIds(),
        key: 'm1',
        contactId: one.id,
        source: 'api',
        class: 'marketing',
        topic: '*',
        channels: ['email'],
        content: { body: secret },
        variables: { name: secret },
        target: { email: `${secret}@example.org` },
        plannedAt: at,
        expiresAt: null,
        timeZone: null,
      },
    ]);
    await scheduleMessages(tx, school, [
      {
        id: randomIds(),
        key: 'm2',
        contactId: null, // written to by address alone
        source: 'api',
        class: 'transactional',
        topic: '*',
        channels: ['email'],
        content: { body: secret },
        variables: {},
        target: { email: `${secret}2@example.org`, name: secret },
        plannedAt: at,
        expiresAt: null,
        timeZone: null,
      },
    ]);
    const address = '+4915123456789';
    await recordEvents(tx, school, [
      {
        id: randomIds(),
        type: 'message.replied',
        contactId: null, // before the number was known to be theirs
        payload: { channel: 'sms', text: secret, address },
        occurredAt: at,
      },
    ]);
    await suppress(tx, school, [
      { channel: 'email', address: `${secret}@example.org`, reason: 'complaint', source: 'test' },
    ]);
    return one.id;
  });
  const { rows } = await db.owner.query(
    `select contact_id from identities where org_id = $1 and address = '+4915123456789'`,
    [school],
  );
  await new PgMergeStore(db.app).merge(school, anna, rows[0].contact_id, change);
  await tellEndpoints();
  await failAboutThem();
});
afterAll(() => db.drop());

/** What endpoints are told of, and names the person in other ways than by the contact. */
async function tellEndpoints(): Promise<void> {
  const run = await inventRow(db.owner, school, 'runs', { contact_id: anna });
  const told = [
    { type: 'message.replied', payload: { contact_id: null, text: secret, address: '+4915123456789' } },
    { type: 'flow.webhook', payload: { run_id: run.id, facts: { contact: { first_name: secret } } } },
  ];
  await db.app.forOrg(school, (tx) =>
    tellOutside(
      tx,
      told.map((one) => ({ ...one, orgId: school, id: randomIds<OutboxId>(), occurredAt: at })),
    ),
  );
}

/** What other services report in the failure log, by the address, and by the id of the contact. */
async function failAboutThem(): Promise<void> {
  const report = { kind: 'reported', service: 'crm', severity: 'error', at } as const;
  await db.app.forOrg(school, async (tx) => {
    await recordFailure(tx, school, {
      ...report,
      fingerprint: 'mail',
      message: `No mailbox for ${secret.toUpperCase()}@example.org`,
      details: { note: secret },
    });
    await recordFailure(tx, school, {
      ...report,
      fingerprint: 'sync',
      message: 'Sync broke',
      details: { contact: anna, name: secret },
    });
  });
}

const leftovers = (needle: string) => tablesHolding(db.owner, school, needle);

test('after an erasure nothing of the person is left in any table, and what was planned is cancelled', async () => {
  expect(await leftovers(secret)).toEqual(
    expect.arrayContaining(['contacts', 'events', 'identities', 'messages', 'outbox']),
  );
  await store.erase(school, anna, { suppress: false }, change);
  expect(await leftovers(secret)).toEqual([]);
  expect(await leftovers('15123456789')).toEqual([]);
  expect(await leftovers('192.0.2.1')).toEqual([]);
  expect(await leftovers(secret.toUpperCase())).toEqual([]);
  const { rows } = await db.owner.query('select status, reason from messages where org_id = $1', [school]);
  expect(rows).toEqual(Array(2).fill({ status: 'cancelled', reason: 'contact_erased' }));
});

const suppressed = () =>
  db.app.forOrg(school, (tx) =>
    suppressedAmong(tx, school, [
      { channel: 'email', address: `${secret}@example.org` },
      { channel: 'email', address: `${secret}2@example.org` },
      { channel: 'sms', address: '+4915123456789' },
      { channel: 'whatsapp', address: '+4915123456789' },
    ]),
  );

test('suppressions and opt-outs stay in force without the address', async () => {
  await store.erase(school, anna, { suppress: false }, change);
  expect(await suppressed()).toEqual([true, false, true, false]);
});

test('who opted out of one topic is not written to about it when they come back by a file', async () => {
  const withdrawn = { channel: 'email', topic: 'news', state: 'withdrawn' } as const;
  await db.app.forOrg(school, (tx) =>
    appendConsent(tx, school, [{ ...withdrawn, contactId: anna, source: 'one_click', occurredAt: at }]),
  );
  await store.erase(school, anna, { suppress: false }, change);
  expect(await suppressed()).toEqual([true, true, true, false]);
});

test('on request every address stays suppressed', async () => {
  await store.erase(school, anna, { suppress: true }, change);
  expect(await suppressed()).toEqual([true, true, true, true]);
});

test('the export of a contact holds all that is stored, and who asked for it is on record', async () => {
  const collected = await store.collect(school, anna, change);
  expect(collected).toMatchObject({
    contact: { first_name: secret },
    merged_contacts: [{ merged_into: anna }],
    consents: [{ state: 'withdrawn', evidence: { note: secret } }],
    messages: [{ content: { body: secret } }],
  });
  expect(collected?.events.map((event) => event.type)).toContain('user.login');
  expect(await leftovers('contact.exported')).toEqual(['audit_log']);
});

/** Tables that name a contact and are not in the export by themselves, with where they are told. */
const toldElsewhere: Record<string, string> = {
  identities: 'in the contact',
  pending_events: 'the queue of events',
  flow_assignments: 'which version of a flow is theirs; runs tell it',
  run_keys: 'what a run was started by, which its row has',
};

test('what names a contact, by itself or by its run, is in the export', async () => {
  const { rows } = await db.owner.query<{ name: string }>(`
    select distinct table_name as name from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE' and column_name in ('contact_id', 'run_id')
    order by 1`);
  const collected = await store.collect(school, anna, change);
  const missing = rows.filter(({ name }) => !(name in (collected ?? {})) && !(name in toldElsewhere));
  expect(missing).toEqual([]);
  const run = await inventRow(db.owner, school, 'runs', { contact_id: anna });
  await inventRow(db.owner, school, 'workflow_calls', { run_id: run.id });
  const again = await store.collect(school, anna, change);
  expect(again?.workflow_calls).toMatchObject([{ run_id: run.id }]);
});

test('another organization erases and exports nothing', async () => {
  const other = await db.organization('Other school');
  expect(await store.collect(other, anna, change)).toBeNull();
  await expect(store.erase(other, anna, { suppress: true }, change)).rejects.toMatchObject({
    code: 'not_found',
  });
  expect(await leftovers(secret)).not.toEqual([]);
});
