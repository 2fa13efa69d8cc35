import { createHmac, randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

let server: TestServer;
let admin: TestCaller;
beforeAll(async () => {
  server = await startTestServer();
  admin = await server.as('admin');
});
afterAll(() => server.stop());

interface Hook {
  id: string;
  path: string;
  secret: string;
  token: string;
}

async function make(kind: string, more: object = {}): Promise<Hook> {
  const { status, body } = await admin('POST', '/inbound-hooks', { name: randomUUID(), kind, ...more });
  expect(status).toBe(201);
  const { signing_secret: secret = '', bearer_token: token = '' } = body.secrets;
  return { id: body.id, path: new URL(body.url).pathname, secret, token };
}

const json = { 'content-type': 'application/json' };
function post({ path, secret }: Hook, body: unknown, { id = randomUUID() as string, at = new Date() } = {}) {
  const bytes = JSON.stringify(body);
  const signature = new Webhook(secret).sign(id, at, bytes);
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  return server.anonymous('POST', path, bytes, {
    ...json,
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signature,
  });
}
const login = { type: 'user.login', contact: { email: 'mia@example.com' }, create_contact: true };
const refusalOf = async ({ id }: Hook) => (await admin('GET', `/inbound-hooks/${id}`)).body.last_refusal;

test('what another system pushes is taken as by the route for it, and a repetition is answered as the first time', async () => {
  const hook = await make('events');
  const first = await post(hook, login, { id: 'msg_1' });
  expect(first).toMatchObject({ status: 202, body: { duplicate: false } });
  const again = await post(hook, login, { id: 'msg_1' });
  expect(again).toMatchObject({ status: 202, body: first.body });
  const other = await post(hook, { ...login, type: 'user.logout' }, { id: 'msg_1' });
  expect(other).toMatchObject({ status: 409, body: { code: 'idempotency_conflict' } });
  const { items } = (await admin('GET', `/contacts/${first.body.contact_id}/events`)).body;
  expect(items.filter(({ type }: { type: string }) => type.startsWith('user.'))).toHaveLength(1);
  expect((await admin('GET', `/inbound-hooks/${hook.id}`)).body.last_received_at).not.toBeNull();
});

test('batches are told by their shape', async () => {
  const hook = await make('events');
  const { status, body } = await post(hook, { events: [login, { type: 'contact.created' }] });
  expect({ status, verdicts: body.results.map((one: { status: string }) => one.status) }).toEqual({
    status: 200,
    verdicts: ['accepted', 'rejected'],
  });
});

test('contacts, bookings, errors and outreach items come the same way', async () => {
  const email = 'ada@example.com';
  expect(await post(await make('contacts'), { email, first_name: 'Ada' })).toMatchObject({
    status: 200,
    body: { contact: { first_name: 'Ada' } },
  });
  const starts = new Date(Date.now() + 86_400_000).toISOString();
  expect(
    await post(await make('bookings'), { contact: { email }, starts_at: starts, ends_at: starts }),
  ).toMatchObject({ status: 201, body: { status: 'confirmed' } });
  expect(await post(await make('errors'), { service: 'crm', message: 'It is down.' })).toMatchObject({
    status: 202,
    body: { service: 'crm', count: 1 },
  });
  const course = randomUUID();
  await admin('PUT', `/courses/${course}`, { name: 'Sailing' });
  const told = {
    tenant_id: server.organization,
    user_id: randomUUID(),
    course_id: course,
    progress: { completed_percent: 30 },
    next_lesson_id: null,
  };
  expect(await post(await make('academy'), told)).toMatchObject({
    status: 200,
    body: { course_id: course, completed_percent: 30 },
  });
  const item = { external_ids: {}, channel: 'email', body: 'Hi' };
  expect(await post(await make('outreach'), item)).toMatchObject({ status: 422 });
});

test('a caller is not told which part was wrong, the operator is', async () => {
  const hook = await make('events', { bearer: true, addresses: ['127.0.0.1', '::1'] });
  const bytes = JSON.stringify(login);
  const bearer = { authorization: `Bearer ${hook.token}` };
  const unsigned = await server.anonymous('POST', hook.path, bytes, { ...json, ...bearer });
  expect(unsigned).toMatchObject({ status: 401, body: { code: 'invalid_signature' } });
  expect(await refusalOf(hook)).toMatchObject({
    part: 'signature',
    address: expect.stringContaining('127.0.0.1'),
  });
  const other = await make('events', { bearer: true });
  const { instance: _, ...without } = (await post(other, login)).body;
  expect({ ...unsigned.body, ...without, request_id: '' }).toEqual({ ...unsigned.body, request_id: '' });
  expect(await refusalOf(other)).toMatchObject({ part: 'bearer' });

  const elsewhere = await make('events', { addresses: ['203.0.113.0/24'] });
  expect((await post(elsewhere, login)).status).toBe(401);
  expect(await refusalOf(elsewhere)).toMatchObject({ part: 'address' });
});

test('an old request is refused, whoever signed it', async () => {
  const hook = await make('events');
  const old = new Date(Date.now() - 6 * 60_000);
  expect((await post(hook, login, { at: old })).status).toBe(401);
  expect(await refusalOf(hook)).toMatchObject({ part: 'timestamp' });
});

test('a hex signature is taken, once', async () => {
  const hook = await make('events', { signature: 'hex', signing_secret: 'the other system’s own secret' });
  expect(hook.secret).toBe('the other system’s own secret');
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const bytes = JSON.stringify({ ...login, contact: { email: 'hex@example.com' } });
  const digest = createHmac('sha256', hook.secret).update(`${timestamp}.${bytes}`).digest('hex');
  const headers = { ...json, 'x-timestamp': timestamp, 'x-signature': `sha256=${digest}` };
  const first = await server.anonymous('POST', hook.path, bytes, headers);
  expect(first.status).toBe(202);
  expect((await server.anonymous('POST', hook.path, bytes, headers)).body).toEqual(first.body);
});

test('after a rotation old and new secrets hold; they are shown once', async () => {
  const hook = await make('events');
  const { body } = await admin('POST', `/inbound-hooks/${hook.id}/rotate`);
  expect(body.secrets.signing_secret).not.toBe(hook.secret);
  expect((await post(hook, login)).status).toBe(202);
  expect((await post({ ...hook, secret: body.secrets.signing_secret }, login)).status).toBe(202);
  expect(JSON.stringify((await admin('GET', '/inbound-hooks')).body)).not.toContain('whsec_');
});

test('a paused hook asks to be sent to later, a removed one is not there', async () => {
  const hook = await make('events');
  await admin('PATCH', `/inbound-hooks/${hook.id}`, { status: 'paused' });
  expect((await post(hook, login)).status).toBe(503);
  expect((await admin('DELETE', `/inbound-hooks/${hook.id}`)).status).toBe(204);
  expect(await post(hook, login)).toMatchObject({ status: 404, body: { code: 'not_found' } });
});

test('a hook that anybody could use is refused', async () => {
  const open = { name: 'open', kind: 'events', signature: null };
  expect((await admin('POST', '/inbound-hooks', open)).status).toBe(422);
  const { id } = await make('events', { signature: null, addresses: ['127.0.0.1'] });
  expect(await admin('PATCH', `/inbound-hooks/${id}`, { addresses: [] })).toMatchObject({
    status: 409,
    body: { code: 'invalid_state' },
  });
  const signed = await make('events');
  expect((await admin('PATCH', `/inbound-hooks/${signed.id}`, { signature: null })).status).toBe(409);
  expect((await post(signed, login)).status).toBe(202);
});

test('what is wrong with a body is said by its path, and it may be mended under the same id', async () => {
  const hook = await make('events');
  expect(await post(hook, { type: 'Bad Type' }, { id: 'mended' })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'body.type' }] },
  });
  expect((await post(hook, login, { id: 'mended' })).status).toBe(202);
});

test('a key hands out by a hook nothing that it may not do itself', async () => {
  const key = await server.apiKey(['webhooks:read', 'webhooks:write']);
  const refused = { status: 403, body: { detail: expect.stringContaining('contacts:write') } };
  expect(await key('POST', '/inbound-hooks', { name: randomUUID(), kind: 'contacts' })).toMatchObject(
    refused,
  );
  const { id } = await make('contacts');
  expect(await key('POST', `/inbound-hooks/${id}/rotate`)).toMatchObject(refused);
  for (const patch of [{ addresses: ['192.0.2.1'] }, { bearer: true }])
    expect(await key('PATCH', `/inbound-hooks/${id}`, patch)).toMatchObject(refused);
  const both = await server.apiKey(['webhooks:write', 'contacts:write']);
  expect((await both('POST', '/inbound-hooks', { name: randomUUID(), kind: 'contacts' })).status).toBe(201);
});
