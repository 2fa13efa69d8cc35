import type { ContactId, MessageId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { PreferenceChange } from '@halyard/core/tracking/preferences';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PgConfirmationStore } from './confirmations.js';
import { PgEngagementStore } from './engagements.js';
import { PgPreferenceStore } from './preferences.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

let db: TestDatabase;
let school: OrgId;
let other: OrgId;
const contactId = randomIds<ContactId>();
const messageId = randomIds<MessageId>();
const consentId = randomIds<never>();
const token = { messageId, contactId };
beforeAll(async () => {
  db = await openTestDatabase();
  school = await db.organization();
  other = await db.organization('Another school');
  const insert = (text: string, values: unknown[]) =>
    db.owner.query(`insert into ${text}`, [school, ...values]);
  await insert(`contacts (org_id, id) values ($1, $2)`, [contactId]);
  await insert(
    `messages (org_id, id, contact_id, source, class, topic, channels, channel, planned_at, due_at, status, sent_at)
     values ($1, $2, $3, 'api', 'marketing', 'news', '{email}', 'email', now(), now(), 'sent', now())`,
    [messageId, contactId],
  );
  await insert(`links (org_id, id, url) values ($1, 'l', 'https://haff.example')`, []);
  await insert(`topics (org_id, key, name) values ($1, 'news', '{"en":"News"}')`, []);
  await insert(
    `consents (org_id, id, contact_id, channel, topic, state, source) values ($1, $2, $3, 'email', 'news', 'pending', 'form')`,
    [consentId, contactId],
  );
});
afterAll(() => db.drop());

const eventsIn = async (orgId: OrgId) =>
  (await db.owner.query('select type from events where org_id = $1 order by id', [orgId])).rows.map(
    (row) => row.type,
  );

test('an engagement is recorded once, and only a person’s is told outside', async () => {
  const store = new PgEngagementStore(db.app);
  await db.owner.query(
    `insert into endpoints (org_id, id, url, event_types, secrets, key_id) values ($1, $2, 'https://x.example', '{*}', '', 'k')`,
    [school, randomIds()],
  );
  const message = await store.message(school, messageId);
  if (!message) throw new Error('not there');
  const at = new Date();
  const opened = { type: 'message.opened' as const, message, at, payload: {} };
  await store.record(school, { ...opened, machine: 'bot', key: 'k1' });
  await store.record(school, { ...opened, machine: null, key: 'k2' });
  await store.record(school, { ...opened, machine: null, key: 'k2' });
  expect(await eventsIn(school)).toEqual(['message.opened', 'message.opened']);
  const told = await db.owner.query('select type from outbox where org_id = $1', [school]);
  expect(told.rows).toHaveLength(1);
});

test('a contact that was merged speaks for the one they were merged into', async () => {
  const store = new PgPreferenceStore(db.app);
  const winner = randomIds<ContactId>();
  const loser = randomIds<ContactId>();
  await db.owner.query('insert into contacts (org_id, id) values ($1, $2)', [school, winner]);
  await db.owner.query('insert into contacts (org_id, id, merged_into) values ($1, $2, $3)', [
    school,
    loser,
    winner,
  ]);
  const facts = await store.facts(school, { orgId: school, messageId, contactId: loser });
  expect(facts?.contact?.id).toBe(winner);
});

test('a way out that cannot be written as a whole is not written at all', async () => {
  const store = new PgPreferenceStore(db.app);
  const before = await eventsIn(school);
  const change: PreferenceChange = {
    messageId,
    contactId,
    channel: 'email',
    consents: [
      {
        contactId,
        channel: 'email',
        topic: 'news',
        state: 'withdrawn',
        source: 'one_click',
        occurredAt: new Date(),
      },
      // There is no such state: the database refuses the second line.
      {
        contactId,
        channel: 'email',
        topic: '*',
        state: 'perhaps' as 'withdrawn',
        source: 'x',
        occurredAt: new Date(),
      },
    ],
    suppress: null,
    unsubscribed: true,
    at: new Date(),
  };
  await expect(store.apply(school, change)).rejects.toThrow();
  expect(await eventsIn(school)).toEqual(before);
  const facts = await store.facts(school, { orgId: school, ...token });
  expect(facts?.consents.filter((line) => line.state === 'withdrawn')).toEqual([]);
});

test('another organization sees nothing', async () => {
  const engagements = new PgEngagementStore(db.app);
  expect(await engagements.message(other, messageId)).toBeNull();
  expect(await engagements.link(other, 'l')).toBeNull();
  expect(await engagements.link(school, 'l')).toBe('https://haff.example');
  expect(await new PgPreferenceStore(db.app).facts(other, { orgId: other, ...token })).toMatchObject({
    organization: { name: 'Another school' },
    contact: null,
    message: null,
    topics: [],
    consents: [],
  });
  expect(await new PgConfirmationStore(db.app).asked(other, consentId)).toBeNull();
  expect(await new PgConfirmationStore(db.app).asked(school, consentId)).toMatchObject({
    topic: { en: 'News' },
  });
});
