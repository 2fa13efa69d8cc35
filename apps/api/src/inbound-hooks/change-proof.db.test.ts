import { randomUUID } from 'node:crypto';
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

const bytes = JSON.stringify({ service: 'crm', message: 'It is down.' });
const bearing = (token: string) => ({ authorization: `Bearer ${token}` });
function signed(secret: string) {
  const [id, at] = [randomUUID(), new Date()];
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(id, at, bytes),
  };
}

async function make(more: object) {
  const { body } = await admin('POST', '/inbound-hooks', { name: randomUUID(), kind: 'errors', ...more });
  const path = new URL(body.url).pathname;
  return {
    secrets: body.secrets,
    patch: async (change: object) => (await admin('PATCH', `/inbound-hooks/${body.id}`, change)).body,
    read: async () => (await admin('GET', `/inbound-hooks/${body.id}`)).body,
    answers: async (headers: Record<string, string>) =>
      (await server.anonymous('POST', path, bytes, { 'content-type': 'application/json', ...headers }))
        .status,
  };
}

test('a hook is switched from a signature to a bearer token, and back', async () => {
  const hook = await make({});
  const first = signed(hook.secrets.signing_secret);
  const bearer = await hook.patch({ signature: null, bearer: true });
  expect(bearer).toMatchObject({ signature: null, bearer: true });
  expect(Object.keys(bearer.secrets)).toEqual(['bearer_token']);
  expect(await hook.answers(first)).toBe(401);
  expect(await hook.answers(bearing(bearer.secrets.bearer_token))).toBe(202);

  const back = await hook.patch({ signature: 'standard', bearer: false });
  expect(await hook.answers(bearing(bearer.secrets.bearer_token))).toBe(401);
  expect(await hook.answers(signed(hook.secrets.signing_secret))).toBe(401);
  expect(await hook.answers(signed(back.secrets.signing_secret))).toBe(202);
  expect(JSON.stringify(await hook.read())).not.toContain('whsec_');
});

test('what is asked for as before keeps its secret, through a rotation, too', async () => {
  const hook = await make({ bearer: true });
  const { secrets, ...after } = await hook.patch({ name: randomUUID(), signature: 'standard', bearer: true });
  expect(secrets).toEqual({});
  await admin('POST', `/inbound-hooks/${after.id}/rotate`);
  expect((await hook.patch({ bearer: false })).secrets).toEqual({});
  expect(await hook.answers(signed(hook.secrets.signing_secret))).toBe(202);
});

test('the other system’s own secret takes the place of the old one, and the audit says so without it', async () => {
  const own = `whsec_${Buffer.from(randomUUID().repeat(2)).toString('base64')}`;
  const hook = await make({});
  const { secrets, id } = await hook.patch({ signature: 'standard', signing_secret: own });
  expect(secrets).toEqual({ signing_secret: own });
  expect(await hook.answers(signed(own))).toBe(202);
  expect(await hook.answers(signed(hook.secrets.signing_secret))).toBe(401);
  await hook.patch({ signature: 'standard' });
  const { body } = await admin('GET', `/audit?target_id=${id}`);
  expect(body.items).toMatchObject([
    { action: 'inbound_hook.updated', changes: { signature: 'standard' } },
    { action: 'inbound_hook.updated', changes: { signature: 'standard', new_secrets: ['signing_secret'] } },
    { action: 'inbound_hook.created' },
  ]);
  expect(body.items[0].changes).not.toHaveProperty('new_secrets');
  expect(JSON.stringify(body)).not.toContain(own);
});

test.each([
  ['signing_secret', { signing_secret: 'a secret of the other system' }],
  ['signing_secret', { signature: null, signing_secret: 'a secret of the other system' }],
  ['signing_secret', { signature: 'standard', signing_secret: 'a secret of the other system' }],
  ['signature', { signature: null, bearer: false, addresses: [] }],
])('a change that cannot be meant is refused by the path %s: %j', async (path, change) => {
  const hook = await make({});
  expect(await hook.patch(change)).toMatchObject({ status: 422, errors: [{ path: `body.${path}` }] });
});

test('to take away the last proof is refused by the path of the signature, as the form shows it', async () => {
  const hook = await make({});
  expect(await hook.patch({ signature: null })).toMatchObject({
    code: 'invalid_state',
    errors: [{ path: 'body.signature' }],
  });
});
