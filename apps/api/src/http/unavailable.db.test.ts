import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

let server: TestServer;
let call: TestCaller;
beforeAll(async () => {
  server = await startTestServer();
  call = await server.apiKey();
});
afterAll(() => server.stop());

const endConnections = () =>
  server.db.owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name = 'halyard_app'`,
  );
const everyConnection = (setting: string) =>
  server.db.owner.query(
    `do $$ begin execute format('alter database %I ${setting}', current_database()); end $$`,
  );
const event = () => call('POST', '/events', { type: 'user.login' });

test('while the database takes no writes it answers 503, and goes on by itself', async () => {
  await everyConnection('set default_transaction_read_only = on');
  await endConnections();
  await vi.waitFor(async () => expect(await event()).toMatchObject({ status: 503 }));
  const refused = await event();
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(refused.body).toMatchObject({ code: 'unavailable' });
  await everyConnection('reset default_transaction_read_only');
  await endConnections();
  await vi.waitFor(async () => expect(await event()).toMatchObject({ status: 202 }));
});

test('so it does when there is no connection to be had', async () => {
  await everyConnection('connection limit 0');
  await endConnections();
  await vi.waitFor(async () => expect(await event()).toMatchObject({ status: 503 }), { timeout: 5_000 });
  await everyConnection('connection limit -1');
  await vi.waitFor(async () => expect(await event()).toMatchObject({ status: 202 }));
});
