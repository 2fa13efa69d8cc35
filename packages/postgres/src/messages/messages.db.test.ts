import type { SendInput } from '@halyard/contracts/messages/message';
import type { MessageId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PgReviewStore } from '../review/review-items.js';
import type { TestDatabase } from '../testing/test-database.js';
import { openTestDatabase } from '../testing/test-database.js';
import { PgMessageStore } from './messages.js';

const audit = { actor: { type: 'automation' as const, id: 'test' }, action: 'message.retried' };
const order: SendInput = {
  create_contact: false,
  to: { sms: '0170 1234567' },
  channels: ['sms', 'sms'],
  content: { body: 'Ahoi' },
  variables: {},
  class: 'service',
  topic: '*',
};
const now = new Date('2026-05-01T10:00:00Z');

let db: TestDatabase;
let store: PgMessageStore;
let reviews: PgReviewStore;
let school: OrgId;
let other: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  store = new PgMessageStore(db.app);
  reviews = new PgReviewStore(db.app);
  school = await db.organization();
  other = await db.organization('Another school');
  await db.owner.query(`update organization_settings set country = 'DE' where org_id = $1`, [school]);
});
afterAll(() => db.drop());

async function dead(): Promise<MessageId> {
  const { id } = await store.send(school, order, now);
  await db.owner.query(
    `update messages set status = 'dead', tries = 6, subject_revision = 3, expires_at = $2 where id = $1`,
    [id, now],
  );
  return id as MessageId;
}

async function reviewOf(id: MessageId) {
  const item = randomIds<never>();
  await db.owner.query(
    `insert into review_items (org_id, id, kind, subject_type, subject_id, reason) values ($1, $2, 'dead_message', 'message', $3, 'x')`,
    [school, item, id],
  );
  return item;
}

test('addresses are read as dialled in the organization’s country, channels are tried once each', async () => {
  const { id, channels } = await store.send(school, order, now);
  expect(channels).toEqual(['sms']);
  const { rows } = await db.owner.query('select target from messages where id = $1', [id]);
  expect(rows).toEqual([{ target: { sms: '+491701234567' } }]);
});

test('the same id of the caller’s is one message', async () => {
  const first = await store.send(school, { ...order, id: '17' }, now);
  expect((await store.send(school, { ...order, id: '17' }, now)).id).toBe(first.id);
  expect((await store.send(other, { ...order, to: { sms: '+491701234567' }, id: '17' }, now)).id).not.toBe(
    first.id,
  );
});

test('what a person sends anew has a day to go out, whatever its plan said', async () => {
  const id = await dead();
  const item = await reviewOf(id);
  expect(await store.retry(school, id, false, now, audit)).toMatchObject({
    kind: 'changed',
    message: {
      status: 'scheduled',
      tries: 0,
      due_at: now.toISOString(),
      expires_at: '2026-05-02T10:00:00.000Z',
    },
  });
  const { rows } = await db.owner.query('select subject_revision from messages where id = $1', [id]);
  expect(rows).toEqual([{ subject_revision: null }]);
  expect(await reviews.replay(school, item, { confirmed: false, now }, audit)).toMatchObject({
    kind: 'refused',
  });
});

test('what is due soonest comes first, over both lanes and page by page', async () => {
  const crew = await db.organization('A crew');
  const at = (hour: number) => `2026-05-02T${hour}:00:00.000Z`;
  const hours = [14, 12, 15, 13, 16];
  const ids = new Map<number, string>();
  for (const [place, hour] of hours.entries()) {
    const lane = place % 2 ? ('transactional' as const) : ('service' as const);
    const wish = { ...order, to: { sms: '+491701234567' }, class: lane, send_at: at(hour) };
    ids.set(hour, (await store.send(crew, wish, now)).id);
  }
  await db.owner.query(`update messages set status = 'sent' where id = $1`, [ids.get(16)]);
  const page = (cursor?: string) => store.list(crew, { order: 'due', limit: 3, ...(cursor && { cursor }) });
  const first = await page();
  const second = await page(first.next_cursor ?? '');
  expect(first.items.map(({ due_at }) => due_at)).toEqual([at(12), at(13), at(14)]);
  expect(second.items.map(({ due_at }) => due_at)).toEqual([at(15)]);
  expect(second.next_cursor).toBeNull();
});

test('each message of a list names its contact, until that is erased', async () => {
  const crew = await db.organization('A named crew');
  const ada = randomIds<never>();
  await db.owner.query(
    `insert into contacts (org_id, id, first_name, last_name) values ($1, $2, 'Ada', 'Lovelace')`,
    [crew, ada],
  );
  await db.owner.query(
    `insert into identities (org_id, id, contact_id, kind, address, created_at) values
       ($1, gen_random_uuid(), $2, 'sms', '+491701234567', '2026-02-02'),
       ($1, gen_random_uuid(), $2, 'email', 'ada@example.com', '2026-01-01')`,
    [crew, ada],
  );
  const { to: _, ...plain } = order;
  const named = await store.send(crew, { ...plain, contact_id: ada, send_at: '2026-05-03T10:00:00Z' }, now);
  await store.send(crew, { ...order, to: { sms: '+491707654321' }, send_at: '2026-05-04T10:00:00Z' }, now);
  const contact = { id: ada, name: 'Ada Lovelace', address: 'ada@example.com' };
  const listed = async (by: 'newest' | 'due') =>
    (await store.list(crew, { order: by, limit: 10 })).items.map((item) => item.contact);
  expect(await listed('due')).toEqual([contact, null]);
  expect(await listed('newest')).toEqual([null, contact]);
  expect((await store.detail(crew, named.id as MessageId))?.contact).toEqual(contact);
  await db.owner.query('update contacts set erased_at = now() where id = $1', [ada]);
  expect(await listed('due')).toEqual([null, null]);
});

test('another organization sees nothing and changes nothing', async () => {
  const id = await dead();
  const item = await reviewOf(id);
  expect(await store.detail(other, id)).toBeNull();
  expect(await store.status(other, id)).toBeNull();
  expect(await store.events(other, id)).toBeNull();
  expect(await store.cancel(other, id, audit)).toBeNull();
  expect(await store.retry(other, id, true, now, audit)).toBeNull();
  expect((await reviews.list(other, { limit: 10, status: 'open' })).items).toEqual([]);
  expect(await reviews.open(other, 'dead_message', null, 10)).toEqual({ ids: [], total: 0 });
  expect(await reviews.replay(other, item, { confirmed: true, now }, audit)).toBeNull();
  expect(await reviews.resolve(other, item, now, audit)).toBeNull();
  expect(await store.status(school, id)).toMatchObject({ status: 'dead' });
});
