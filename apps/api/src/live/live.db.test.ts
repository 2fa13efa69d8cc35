import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** Longer than the pause between two looks. */
const soon = { timeout: 15_000 };

/** Listens as a browser does, and keeps what it hears. */
async function listen(headers: Record<string, string>, url = server.url) {
  const hangUp = new AbortController();
  const response = await fetch(`${url}/live`, { headers, signal: hangUp.signal });
  const heard = { topics: [] as string[], text: '', ended: false };
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      heard.text += decoder.decode(chunk);
      heard.topics = [...heard.text.matchAll(/^data: \{"topic":"(\w+)"\}$/gm)].map(([, topic]) => `${topic}`);
    }
    heard.ended = true;
  })().catch(() => {}); // hung up
  return {
    response,
    heard,
    hangUp: async () => {
      hangUp.abort();
      await reading;
    },
  };
}

const memberOf = async (orgId = server.organization) => {
  const user = await server.user({ role: 'viewer', orgId });
  return { ...user, headers: { ...user.headers, 'x-organization-id': orgId } };
};

const product = async (name: string, orgId = server.organization) =>
  expect((await (await server.as('editor', orgId))('POST', '/products', { name })).status).toBe(201);

test('a change is heard by its organization, and by nobody else', async () => {
  const other = await server.db.organization('Another school');
  const own = await listen((await memberOf()).headers);
  const stranger = await listen((await memberOf(other)).headers);
  expect(own.response.headers.get('content-type')).toContain('text/event-stream');
  expect(own.response.headers.get('x-accel-buffering')).toBe('no');
  await product('Sailing course');
  await expect.poll(() => own.heard.topics, soon).toContain('products');
  await product('Rowing course', other);
  await expect.poll(() => stranger.heard.topics, soon).toContain('products');
  expect(stranger.heard.topics.filter((topic) => topic === 'products')).toHaveLength(1);
  await own.hangUp();
  await stranger.hangUp();
});

test('what was sent, with all its changes, is one hint for each look', async () => {
  const own = await listen((await memberOf()).headers);
  const editor = await server.as('editor');
  const message = { to: { email: 'ada@example.com' }, channels: ['email'], content: { body: 'Ahoy' } };
  const orders = Array.from({ length: 20 }, () => editor('POST', '/messages/send', message));
  for (const { status } of await Promise.all(orders)) expect(status).toBe(202);
  await expect.poll(() => own.heard.topics, soon).toContain('messages');
  expect(own.heard.topics.length).toBeLessThan(5);
  await own.hangUp();
});

test('a session that is ended ends its streams; an API key that is revoked, too', async () => {
  const member = await memberOf();
  const listening = await listen(member.headers);
  const admin = await server.as('admin');
  const key = await admin('POST', '/api-keys', { name: 'Screen', scopes: ['organization:read'] });
  const screen = await listen({ 'x-api-key': key.body.key });
  expect([listening.response.status, screen.response.status]).toEqual([200, 200]);
  await admin('DELETE', `/api-keys/${key.body.api_key?.id ?? key.body.id}`);
  await expect.poll(() => screen.heard.ended, soon).toBe(true);
  expect(listening.heard.ended).toBe(false);
  const ended = await server.caller(member.headers)('DELETE', `/auth/sessions/${member.sessionId}`);
  expect(ended.status).toBe(204);
  await expect.poll(() => listening.heard.ended, soon).toBe(true);
});

test('a server that stops ends the streams and does not wait for them', async () => {
  const leaving = await startTestServer();
  const { headers } = await leaving.user({ role: 'viewer', orgId: leaving.organization });
  const listening = await listen({ ...headers, 'x-organization-id': leaving.organization }, leaving.url);
  await leaving.stop();
  await expect.poll(() => listening.heard.ended, soon).toBe(true);
});

test('one person opens so many streams and no more, and those that were closed do not count', async () => {
  const { headers } = await memberOf();
  const open = await Promise.all(Array.from({ length: 12 }, () => listen(headers)));
  expect(open.map(({ response }) => response.status)).toEqual(open.map(() => 200));
  const more = await server.caller(headers)('GET', '/live');
  expect(more).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
  expect(more.headers.get('retry-after')).toBe('60');
  await open[0]?.hangUp();
  await expect.poll(async () => (await server.caller(headers)('GET', '/live')).status, soon).toBe(200);
  for (const one of open) await one.hangUp();
});
