import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ settings: { HALYARD_ALLOW_PRIVATE_ADDRESSES: 'false' } });
});
afterAll(() => server.stop());

test.each(['http://127.0.0.1:5432/', 'http://169.254.169.254/', 'http://2130706433/', 'http://localhost/'])(
  '%s is refused when it is entered',
  async (url) => {
    const admin = await server.as('admin');
    expect(await admin('POST', '/endpoints', { url })).toMatchObject({
      status: 422,
      body: { code: 'unsafe_url', errors: [{ path: 'body.url' }] },
    });
  },
);
