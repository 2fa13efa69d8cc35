import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { NewMessage } from '@halyard/core/messages/message';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordEvents } from './event-recorder.js';
import { scheduleMessages } from './message-writer.js';
import { tellOutside } from './outbox-writer.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

let db: TestDatabase;
let school: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  school = await db.organization();
});
afterAll(() => db.drop());

const login = (key?: string, payload = {}) => ({
  id: randomIds<never>(),
  type: 'user.login',
  contactId: null,
  payload,
  occurredAt: new Date(),
  key,
});

test('an event with a known key is recorded once; with another body it is refused', async () => {
  const first = await db.app.forOrg(school, (tx) =>
    recordEvents(tx, school, [login('k1'), login('k1'), login()]),
  );
  expect(first.map((event) => event.duplicate)).toEqual([false, true, false]);
  const again = await db.app.forOrg(school, (tx) => recordEvents(tx, school, [login('k1')]));
  expect(again[0]).toEqual({ id: first[0]?.id, duplicate: true });
  await expect(
    db.app.forOrg(school, (tx) => recordEvents(tx, school, [login('k1', { other: true })])),
  ).rejects.toMatchObject({ code: 'idempotency_conflict' });
  const { rows } = await db.owner.query('select count(*)::int as n from events');
  expect(rows).toEqual([{ n: 2 }]);
});

test('a message with a known key is written once', async () => {
  const message = (): NewMessage => ({
    id: randomIds(),
    key: 'api:1',
    contactId: null,
    source: 'api',
    class: 'transactional',
    topic: '*',
    channels: ['email', 'sms'],
    content: { subject: 'Ahoy', body: 'Hello' },
    variables: {},
    plannedAt: new Date(),
    expiresAt: null,
    timeZone: null,
  });
  const [written] = await db.app.forOrg(school, (tx) => scheduleMessages(tx, school, [message()]));
  const [repeated] = await db.app.forOrg(school, (tx) => scheduleMessages(tx, school, [message()]));
  expect(repeated).toEqual({ id: written?.id, duplicate: true });
  const { rows } = await db.owner.query('select channels, lane, status from messages');
  expect(rows).toEqual([{ channels: ['email', 'sms'], lane: 0, status: 'scheduled' }]);
});

test('the outbox keeps what an endpoint wants, and nothing else', async () => {
  const event = (type: string) => ({
    orgId: school,
    id: randomIds<never>(),
    type,
    payload: {},
    occurredAt: new Date(),
  });
  expect(await db.app.forOrg(school, (tx) => tellOutside(tx, [event('message.sent')]))).toBe(0);
  await db.owner.query(
    `insert into endpoints (org_id, id, url, event_types, secrets, key_id) values ($1, $2, 'https://example.com', '{message.sent}', '', 'k')`,
    [school, randomIds()],
  );
  expect(
    await db.app.forOrg(school, (tx) => tellOutside(tx, [event('message.sent'), event('message.opened')])),
  ).toBe(1);
});
