import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import type { TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

/** A hook that takes requests from one address, and asks for a token besides. */
async function listed(server: TestServer, address: string) {
  onTestFinished(() => server.stop());
  const admin = await server.as('admin');
  const hook = { name: randomUUID(), kind: 'errors', signature: null, bearer: true, addresses: [address] };
  const { body } = await admin('POST', '/inbound-hooks', hook);
  const path = new URL(body.url).pathname;
  const post = (forwarded: string, token: string = body.secrets.bearer_token) =>
    server.anonymous('POST', path, JSON.stringify({ service: 'crm', message: 'Down' }), {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'x-forwarded-for': forwarded,
    });
  const refusal = async () => (await admin('GET', `/inbound-hooks/${body.id}`)).body.last_refusal;
  return { post, refusal };
}

test('nobody gets past an address list by writing an address into X-Forwarded-For', async () => {
  const { post, refusal } = await listed(await startTestServer(), '203.0.113.7');
  expect((await post('203.0.113.7')).status).toBe(401);
  expect(await refusal()).toMatchObject({ part: 'address', address: expect.stringContaining('127.0.0.1') });
});

test('what a trusted proxy says of the address is believed, and what the sender told the proxy is not', async () => {
  const server = await startTestServer({ settings: { TRUSTED_PROXIES: '127.0.0.1' } });
  const { post } = await listed(server, '203.0.113.7');
  expect((await post('203.0.113.7')).status).toBe(202);
  expect((await post('203.0.113.7, 198.51.100.9')).status).toBe(401);
});

test('who is refused for one thing after the other does not make us write each time', async () => {
  const server = await startTestServer({ settings: { TRUSTED_PROXIES: '127.0.0.1' } });
  const { post, refusal } = await listed(server, '203.0.113.7');
  await post('198.51.100.9');
  const first = await refusal();
  await post('203.0.113.7', 'another');
  expect(await refusal()).toEqual(first);
});
