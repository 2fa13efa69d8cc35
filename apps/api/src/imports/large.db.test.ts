import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a file of more than 100 MB is refused with a sentence, and nothing of it stays', {
  timeout: 60_000,
}, async () => {
  const editor = await server.as('editor');
  const line = `${'x'.repeat(1_023)}\n`;
  const answer = await editor('POST', '/imports', line.repeat(101 * 1_024), { 'content-type': 'text/csv' });
  expect(answer).toMatchObject({ status: 413, body: { code: 'payload_too_large' } });
  const { rows } = await server.db.owner.query(
    'select (select count(*)::int from import_chunks) as n, status, error from imports',
  );
  expect(rows).toEqual([{ n: 0, status: 'failed', error: expect.stringContaining('100 MB') }]);
});
