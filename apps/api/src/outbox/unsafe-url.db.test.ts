import { randomUUID } from 'node:crypto';
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

test.each(['127.0.0.1', '[::1]', 'localhost', '169.254.169.254', '10.0.0.7'])(
  'nobody has a database at %s logged in to as a source of outreach',
  async (host) => {
    const admin = await server.as('admin');
    const table = {
      url: `postgres://postgres:x@${host}:5432/halyard`,
      table: 'outreach',
      columns: { id: 'id', body: 'body' },
      write_back: { status: 'status' },
      defaults: { channel: 'email', user_id: randomUUID() },
    };
    const source = { ...table, name: host };
    const looked = await admin('POST', '/outreach/sources/look', table);
    expect(looked.body).toMatchObject({
      ok: false,
      reason: expect.stringContaining('not on the public internet'),
    });
    expect((await admin('POST', '/outreach/sources', source)).body.code).toBe('connection_failed');
    const saved = await admin('POST', '/outreach/sources', { ...source, skip_test: true });
    expect((await admin('POST', `/outreach/sources/${saved.body.id}/test`)).body.ok).toBe(false);
  },
);
