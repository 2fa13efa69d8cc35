import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ settings: { HALYARD_REQUESTS_PER_MINUTE: '60' } });
});
afterAll(() => server.stop());

test('a key is shown once, kept as a hash, works in both headers and stops when it is revoked', async () => {
  const admin = await server.as('admin');
  const created = await admin('POST', '/api-keys', { name: 'shop', scopes: ['bookings:read'] });
  expect(created.status).toBe(201);
  const { key, id, start } = created.body;
  expect(key).toMatch(/^hal_[\w-]{43}$/);
  expect(key.startsWith(start)).toBe(true);
  const listed = await admin('GET', '/api-keys');
  expect(listed.body.items).toMatchObject([{ id, name: 'shop', last_used_at: null }]);
  expect(JSON.stringify(listed.body)).not.toContain(key);
  const { rows } = await server.db.owner.query('select * from auth.api_keys where id = $1', [id]);
  expect(JSON.stringify(rows)).not.toContain(key.slice(start.length));

  const proofs: Record<string, string>[] = [{ 'x-api-key': key }, { authorization: `Bearer ${key}` }];
  for (const proof of proofs) expect((await server.caller(proof)('GET', '/products')).status).toBe(200);
  expect((await admin('DELETE', `/api-keys/${id}`)).status).toBe(204);
  for (const proof of proofs) expect((await server.caller(proof)('GET', '/products')).status).toBe(401);
  expect((await admin('GET', '/api-keys')).body.items).toEqual([]);
  const audit = await admin('GET', '/audit?target_type=api_key');
  expect(audit.body.items.map(({ action }: { action: string }) => action)).toEqual([
    'api_key.revoked',
    'api_key.created',
  ]);
  expect(JSON.stringify(audit.body)).not.toContain(key);
});

test('a key that has expired does not work, and one cannot be made expired', async () => {
  const admin = await server.as('admin');
  const make = (expires_at: string) =>
    admin('POST', '/api-keys', { name: 'old', scopes: ['events:read'], expires_at });
  expect((await make('2020-01-01T00:00:00Z')).status).toBe(422);
  const { key, id } = (await make('2999-01-01T00:00:00Z')).body;
  await server.db.owner.query(`update auth.api_keys set expires_at = now() where id = $1`, [id]);
  expect((await server.caller({ 'x-api-key': key })('GET', '/events')).status).toBe(401);
});

test('a key reads what it is and when it expires, whatever its scopes; a person is told what to send', async () => {
  const admin = await server.as('admin');
  const expires_at = new Date(Date.now() + 86_400_000).toISOString();
  const { body } = await admin('POST', '/api-keys', { name: 'n8n', scopes: ['events:read'], expires_at });
  const { key, ...shown } = body;
  const own = await server.caller({ 'x-api-key': key })('GET', '/api-keys/current');
  expect(own).toMatchObject({ status: 200, body: shown });
  expect(JSON.stringify(own.body)).not.toContain(key);
  const refused = await admin('GET', '/api-keys/current');
  expect(refused).toMatchObject({ status: 403, body: { detail: expect.stringContaining('X-API-Key') } });
});

test('a wrong key is refused, whatever else the request brings', async () => {
  const { headers } = await server.user({ role: 'owner', orgId: server.organization });
  const answer = await server.caller({ ...headers, 'x-api-key': 'hal_wrong' })('GET', '/products');
  expect(answer.status).toBe(401);
});

test('whoever asks too often is told to wait, and nobody else', async () => {
  const busy = await server.apiKey(['bookings:read']);
  const calm = await server.apiKey(['bookings:read']);
  const answers = await vi.waitFor(async () => {
    const all = await Promise.all(Array.from({ length: 70 }, () => busy('GET', '/products')));
    expect(all.some(({ status }) => status === 429)).toBe(true);
    return all;
  });
  const limited = answers.find(({ status }) => status === 429);
  expect(limited?.body.code).toBe('rate_limited');
  const wait = Number(limited?.headers.get('retry-after'));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(60);
  expect((await calm('GET', '/products')).status).toBe(200);
});
