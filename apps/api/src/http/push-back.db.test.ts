import { connect } from 'node:net';
import { listenTo } from '@halyard/postgres/testing/deciding';
import type { TestDatabase } from '@halyard/postgres/testing/test-database';
import { openTestDatabase } from '@halyard/postgres/testing/test-database';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Server } from '../server.js';
import { startServer } from '../server.js';
import type { TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';
import { silent, testSettings } from '../testing/test-settings.js';

let db: TestDatabase;
let narrow: Server;
let queueing: TestServer;
beforeAll(async () => {
  db = await openTestDatabase();
  narrow = await startServer(
    testSettings(db, { HALYARD_REQUESTS_AT_ONCE: '2', HALYARD_ROLES: 'http' }),
    silent,
  );
  queueing = await startTestServer({ settings: { HALYARD_UNDECIDED_EVENTS: '5' } });
});
afterAll(async () => {
  await narrow.stop();
  await queueing.stop();
  await db.drop();
});

/** A caller who says that a body comes, and sends none of it. */
function hangingCaller() {
  const socket = connect(Number(new URL(narrow.url).port), '127.0.0.1');
  socket.on('error', () => {});
  socket.write(
    'POST /events HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n',
  );
  return socket;
}

const anybody = () => fetch(`${narrow.url}/products`);

test('a process that answers as many requests as it may at once refuses more until one is over', async () => {
  const callers = [hangingCaller(), hangingCaller()];
  await vi.waitFor(async () => expect((await anybody()).status).toBe(429));
  const refused = await anybody();
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(refused.headers.get('content-type')).toContain('application/problem+json');
  expect(await refused.json()).toMatchObject({ code: 'rate_limited', status: 429 });
  expect((await fetch(`${narrow.url}/health`)).status).toBe(200);
  for (const caller of callers) caller.destroy();
  await vi.waitFor(async () => expect((await anybody()).status).toBe(401));
});

test('while too many events wait for their decision more are refused, and messages still go', async () => {
  const call = await queueing.apiKey();
  await listenTo(queueing.db, queueing.organization, 'user.login');
  const contact = { email: 'mia@example.com' };
  const event = () => call('POST', '/events', { type: 'user.login', contact, create_contact: true });
  for (let n = 0; n < 5; n++) expect(await event()).toMatchObject({ status: 202 });
  await vi.waitFor(async () => expect(await event()).toMatchObject({ status: 429 }), {
    timeout: 10_000,
    interval: 100,
  });
  const refused = await event();
  expect(refused.headers.get('retry-after')).toBe('5');
  const batch = await call('POST', '/events/batch', { events: [{ type: 'user.login' }] });
  expect(batch).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
  const message = {
    to: { email: 'ada@example.com' },
    channels: ['email'],
    content: { subject: 'Hi', body: 'Hi' },
  };
  expect(await call('POST', '/messages/send', { ...message, class: 'transactional' })).toMatchObject({
    status: 202,
  });
  const other = await queueing.apiKey(undefined, await queueing.db.organization());
  expect(await other('POST', '/events', { type: 'user.login' })).toMatchObject({ status: 202 });
});
