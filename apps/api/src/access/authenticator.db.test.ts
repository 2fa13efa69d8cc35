import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a member gets in by JWT, a service by API key in either header, a stranger not', async () => {
  const viewer = await server.as('viewer');
  expect(await viewer('GET', '/products')).toMatchObject({ status: 200, body: { items: [] } });
  const key = await server.apiKey(['bookings:read']);
  expect((await key('GET', '/products')).status).toBe(200);
  expect(await server.anonymous('GET', '/products')).toMatchObject({
    status: 401,
    body: { code: 'unauthenticated' },
  });
});
