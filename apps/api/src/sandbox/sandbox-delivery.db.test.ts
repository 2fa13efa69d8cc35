import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

/** The sandbox in its place: from the API through the delivery loops into the inbox, and the report back. */

let server: TestServer;
let admin: TestCaller;
beforeAll(async () => {
  server = await startTestServer({ loops: true });
  admin = await server.as('admin');
  const sandbox = { provider: 'sandbox', name: 'Sandbox', settings: { throttle_ms: 100 }, secrets: {} };
  expect((await admin('POST', '/connections', sandbox)).status).toBe(201);
});
afterAll(() => server.stop());

async function send(email: string): Promise<string> {
  const { status, body } = await admin('POST', '/messages/send', {
    channels: ['email'],
    class: 'transactional',
    content: { subject: 'Ahoi', body: 'Ahoi, see you tomorrow.' },
    to: { email },
  });
  expect(status).toBe(202);
  return body.id;
}

const until = (id: string, status: string) =>
  vi.waitFor(
    async () => {
      const { body } = await admin('GET', `/messages/${id}`);
      expect(body.status).toBe(status);
      return body;
    },
    { timeout: 20_000, interval: 50 },
  );

const inboxOf = async (id: string) => (await admin('GET', `/sandbox/inbox?message_id=${id}`)).body.items;

test('a message arrives, once, and is reported as delivered', async () => {
  const id = await send('anna@example.com');
  const { sent_at, delivered_at } = await until(id, 'delivered');
  expect(Date.parse(delivered_at)).toBeGreaterThanOrEqual(Date.parse(sent_at));
  expect(await inboxOf(id)).toMatchObject([{ recipient: 'anna@example.com', subject: 'Ahoi', tries: 1 }]);
});

test('a bounce ends it and suppresses the address', async () => {
  const id = await send('bounce+ben@sandbox.halyard.test');
  await until(id, 'bounced');
  const { rows } = await server.db.owner.query('select reason from suppressions where address = $1', [
    'bounce+ben@sandbox.halyard.test',
  ]);
  expect(rows).toEqual([{ reason: 'hard_bounce' }]);
});

test('a throttled message is sent again, and arrives once', async () => {
  const id = await send('throttle+clara@sandbox.halyard.test');
  await until(id, 'delivered');
  expect(await inboxOf(id)).toMatchObject([{ tries: 2 }]);
});

test('a lost answer is resolved, and the message arrives once', async () => {
  const id = await send('drop+dora@sandbox.halyard.test');
  await until(id, 'delivered');
  expect(await inboxOf(id)).toHaveLength(1);
});

test('a refusal for good ends it, and nothing arrives', async () => {
  const id = await send('fail+emil@sandbox.halyard.test');
  await vi.waitFor(
    async () => expect(['failed', 'dead']).toContain((await admin('GET', `/messages/${id}`)).body.status),
    { timeout: 20_000, interval: 50 },
  );
  expect(await inboxOf(id)).toEqual([]);
});
