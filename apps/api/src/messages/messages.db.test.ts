import type { MessageId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

let server: TestServer;
let api: TestCaller;
let stranger: TestCaller;
beforeAll(async () => {
  server = await startTestServer();
  api = await server.apiKey();
  stranger = await server.apiKey(undefined, await server.db.organization('Another school'));
  await api('POST', '/templates', {
    key: 'hello',
    channel: 'email',
    content: { default_locale: 'en', locales: { en: { subject: 'Hi', html: '<p>Hi {{firstName}}</p>' } } },
  });
});
afterAll(() => server.stop());

const rows = async (text: string, values: unknown[] = []) => (await server.db.owner.query(text, values)).rows;

const note = { channels: ['email'], content: { subject: 'Hi', body: 'Ahoi {{firstName}}' } };
const toAda = { ...note, to: { email: 'Ada@Example.com' } };

async function message(status: string): Promise<MessageId> {
  const { body } = await api('POST', '/messages/send', toAda);
  await rows('update messages set status = $2, tries = 3 where id = $1', [body.id, status]);
  return body.id;
}

async function review(kind: string, type: string, id: string, orgId: OrgId = server.organization) {
  const item = randomIds<never>();
  await rows(
    `insert into review_items (org_id, id, kind, subject_type, subject_id, reason) values ($1, $2, $3, $4, $5, 'test')`,
    [orgId, item, kind, type, id],
  );
  return item as string;
}

test('a message goes to a contact by id, by address, or to an address alone', async () => {
  const made = await api('POST', '/messages/send', {
    ...note,
    contact: { email: 'grace@example.com', first_name: 'Grace' },
    create_contact: true,
  });
  expect(made).toMatchObject({
    status: 202,
    body: { status: 'scheduled', class: 'marketing', source: 'api' },
  });
  const { contact_id } = made.body;
  const known = { ...note, contact: { email: 'GRACE@example.com' } };
  expect((await api('POST', '/messages/send', known)).body.contact_id).toBe(contact_id);
  expect((await api('POST', '/messages/send', { ...note, contact_id })).body.contact_id).toBe(contact_id);
  const direct = await api('POST', '/messages/send', toAda);
  expect(direct.body.contact_id).toBeNull();
  expect(await rows('select target from messages where id = $1', [direct.body.id])).toEqual([
    { target: { email: 'ada@example.com' } },
  ]);
});

test('a template is named by its key; one that is not there is told at once', async () => {
  const { content: _, ...rest } = toAda;
  const sent = await api('POST', '/messages/send', {
    ...rest,
    template: 'hello',
    send_at: '2030-01-01T09:00:00+01:00',
  });
  expect(sent.body).toMatchObject({ template: { keys: 'hello' }, planned_at: '2030-01-01T08:00:00.000Z' });
  expect(await api('POST', '/messages/send', { ...rest, template: 'nothing' })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'body.template' }] },
  });
  expect((await api('POST', '/messages/send', { ...rest, template: { sms: 'hello' } })).status).toBe(422);
});

test.each([
  [{ ...note }, 'contact_id'],
  [{ ...toAda, contact_id: randomIds<never>() }, 'contact_id'],
  [{ ...toAda, template: 'hello' }, 'template'],
  [{ ...toAda, to: { email: 'nobody' } }, 'to.email'],
  [{ ...toAda, to: { sms: '+491701234567' } }, 'to'],
  [{ ...toAda, content: { body: 'Hi {% if %}' } }, 'content.body'],
  [{ ...toAda, send_at: '2030-01-02T00:00:00Z', expires_at: '2030-01-01T00:00:00Z' }, 'expires_at'],
])('%j is refused at %s', async (body, path) => {
  const answer = await api('POST', '/messages/send', body);
  expect(answer.status).toBe(422);
  expect(answer.body.errors.map((error: { path: string }) => error.path)).toContain(`body.${path}`);
});

test('an id of the caller’s makes sending idempotent, as the header does', async () => {
  const order = { ...toAda, id: 'order 17' };
  const first = await api('POST', '/messages/send', order);
  expect((await api('POST', '/messages/send', order)).body).toEqual(first.body);
  const other = await api('POST', '/messages/send', { ...order, topic: 'news' });
  expect(other).toMatchObject({ status: 409, body: { code: 'idempotency_conflict' } });
  expect((await stranger('POST', '/messages/send', order)).body.id).not.toBe(first.body.id);
  const key = { 'idempotency-key': 'k1' };
  const keyed = await api('POST', '/messages/send', toAda, key);
  expect((await api('POST', '/messages/send', toAda, key)).body.id).toBe(keyed.body.id);
});

test('an id stays taken when a header comes with it and when the kept answer is gone, and long ids are told apart', async () => {
  const order = { ...toAda, id: `${'x'.repeat(199)}1` };
  const first = await api('POST', '/messages/send', order);
  const another = await api('POST', '/messages/send', { ...order, id: `${'x'.repeat(199)}2`, topic: 'news' });
  expect(another.status).toBe(202);
  expect(another.body.id).not.toBe(first.body.id);
  const key = { 'idempotency-key': 'k2' };
  const changed = await api('POST', '/messages/send', { ...order, topic: 'news' }, key);
  expect(changed).toMatchObject({ status: 409, body: { code: 'idempotency_conflict' } });
  await server.db.owner.query(`delete from idempotency_keys where route = 'sendMessage'`);
  expect((await api('POST', '/messages/send', order)).body.id).toBe(first.body.id);
  expect((await api('POST', '/messages/send', { ...order, topic: 'news' })).status).toBe(409);
});

test('a message that is not sent yet can be cancelled, once', async () => {
  const id = await message('scheduled');
  expect((await api('POST', `/messages/${id}/cancel`)).body).toMatchObject({ status: 'cancelled' });
  expect((await api('POST', `/messages/${id}/cancel`)).status).toBe(409);
  expect((await api('POST', `/messages/${await message('sending')}/cancel`)).status).toBe(409);
});

test('what certainly did not go out can be sent again, what may have only with confirmation', async () => {
  for (const status of ['dead', 'failed', 'expired', 'skipped', 'cancelled'])
    expect((await api('POST', `/messages/${await message(status)}/retry`)).body).toMatchObject({
      status: 'scheduled',
      tries: 0,
    });
  for (const status of ['sending', 'sent', 'delivered', 'bounced', 'scheduled', 'unknown'])
    expect(
      (await api('POST', `/messages/${await message(status)}/retry`, { confirm: status !== 'unknown' }))
        .status,
    ).toBe(409);
  const unknown = await message('unknown');
  const item = await review('unknown_message', 'message', unknown);
  expect((await api('POST', `/messages/${unknown}/retry`, { confirm: true })).body.status).toBe('scheduled');
  expect(await rows('select status from review_items where id = $1', [item])).toEqual([
    { status: 'replayed' },
  ]);
});

test('the status of a message tells its attempts, the detail everything', async () => {
  const id = await message('sent');
  await rows(
    `insert into decisions (org_id, id, message_id, rule, verdict, facts, at) values ($1, $2, $3, 'consent', 'pass', '{"channel":"email"}', now())`,
    [server.organization, randomIds<never>(), id],
  );
  expect((await api('GET', `/messages/${id}/status`)).body).toMatchObject({
    id,
    status: 'sent',
    attempts: [],
  });
  expect((await api('GET', `/messages/${id}`)).body).toMatchObject({
    content: { body: 'Ahoi {{firstName}}' },
    decisions: [{ rule: 'consent', verdict: 'pass', facts: { channel: 'email' } }],
    payload: null,
  });
  expect((await api('GET', `/messages/${id}/events`)).body).toEqual({ items: [] });
});

test('a list is filtered, and its pages join without a gap', async () => {
  const { body } = await api('POST', '/contacts', { email: 'paged@example.com' });
  const ids: string[] = [];
  for (let n = 0; n < 5; n++)
    ids.unshift((await api('POST', '/messages/send', { ...note, contact_id: body.id })).body.id);
  const path = `/messages?contact_id=${body.id}&status=scheduled&limit=3`;
  const first = (await api('GET', path)).body;
  const second = (await api('GET', `${path}&cursor=${first.next_cursor}`)).body;
  expect([...first.items, ...second.items].map((item) => item.id)).toEqual(ids);
  expect(second.next_cursor).toBeNull();
});

test('review items of a kind are tried again together; those that may not be stay open', async () => {
  const dead = [await message('dead'), await message('dead')];
  for (const id of dead) await review('dead_message', 'message', id);
  const sent = await review('dead_message', 'message', await message('sent'));
  const all = await api('POST', '/review-items/replay', { kind: 'dead_message' });
  expect(all.body).toEqual({ replayed: 2, refused: 1, remaining: 0, next_cursor: null });
  for (const id of dead) expect((await api('GET', `/messages/${id}/status`)).body.status).toBe('scheduled');
  const open = (await api('GET', '/review-items?kind=dead_message')).body.items;
  expect(open.map((item: { id: string }) => item.id)).toEqual([sent]);
  expect((await api('POST', `/review-items/${sent}/resolve`)).body).toMatchObject({ status: 'resolved' });
  expect((await api('POST', `/review-items/${sent}/resolve`)).status).toBe(409);
});

test('a failed event is decided again', async () => {
  const event = (await api('POST', '/events', { type: 'user.login' })).body.id;
  await rows('delete from pending_events where event_id = $1', [event]);
  const item = await review('failed_event', 'event', event);
  expect((await api('POST', `/review-items/${item}/replay`)).body).toMatchObject({ status: 'replayed' });
  expect(await rows('select 1 from pending_events where event_id = $1', [event])).toHaveLength(1);
});

test('an unknown message is replayed only with confirmation', async () => {
  const item = await review('unknown_message', 'message', await message('unknown'));
  expect((await api('POST', `/review-items/${item}/replay`)).status).toBe(409);
  expect((await api('POST', `/review-items/${item}/replay`, { confirm: true })).status).toBe(200);
});

test('another organization sees nothing and changes nothing', async () => {
  const id = await message('dead');
  const item = await review('dead_message', 'message', id);
  for (const [method, path] of [
    ['GET', `/messages/${id}`],
    ['GET', `/messages/${id}/status`],
    ['GET', `/messages/${id}/events`],
    ['POST', `/messages/${id}/cancel`],
    ['POST', `/messages/${id}/retry`],
    ['POST', `/review-items/${item}/replay`],
    ['POST', `/review-items/${item}/resolve`],
  ] as const)
    expect([path, (await stranger(method, path)).status]).toEqual([path, 404]);
  expect((await stranger('GET', `/messages?status=dead`)).body.items).toEqual([]);
  expect((await stranger('GET', '/review-items')).body.items).toEqual([]);
  const theirs = { ...toAda, content: undefined, template: 'hello' };
  expect((await stranger('POST', '/messages/send', theirs)).status).toBe(422);
  expect((await api('GET', `/messages/${id}/status`)).body.status).toBe('dead');
});
