import type { TestDatabase } from '@halyard/postgres/testing/test-database';
import { openTestDatabase } from '@halyard/postgres/testing/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from './operations/log.js';
import type { Server } from './server.js';
import { startServer } from './server.js';
import { silent, testSettings } from './testing/test-settings.js';

let db: TestDatabase;
let server: Server;
beforeAll(async () => {
  db = await openTestDatabase();
  server = await startServer(testSettings(db), silent);
});
afterAll(async () => {
  await server.stop();
  await db.drop();
});

test('it is alive and ready, and says what it looked at', async () => {
  expect(await (await fetch(`${server.url}/health`)).json()).toEqual({ status: 'ok' });
  const ready = await fetch(`${server.url}/ready`);
  expect(ready.status).toBe(200);
  expect(await ready.json()).toEqual({
    status: 'ok',
    checks: { database: 'ok', migrations: 'ok', loops: 'ok' },
  });
});

test('it is not ready while a migration is missing', async () => {
  const { rows } = await db.owner.query(
    'delete from migrations where name = (select max(name) from migrations) returning *',
  );
  const ready = await fetch(`${server.url}/ready`);
  expect(ready.status).toBe(503);
  expect(((await ready.json()) as { checks: object }).checks).toMatchObject({
    migrations: '1 missing; run: halyard migrate',
  });
  await db.owner.query('insert into migrations (name, checksum) values ($1, $2)', [
    rows[0].name,
    rows[0].checksum,
  ]);
});

test('requests are measured by route, never by address', async () => {
  await fetch(`${server.url}/products/some-secret-looking-id`);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(metrics).toMatch(
    /halyard_http_request_duration_seconds_count\{method="GET",route="\/products\/:id",status="401"\} 1/,
  );
  expect(metrics).not.toContain('some-secret-looking-id');
});

test('metrics are not for everybody: a proxied request needs the token', async () => {
  const proxied = { 'x-forwarded-for': '198.51.100.7' };
  expect((await fetch(`${server.url}/metrics`, { headers: proxied })).status).toBe(404);
  const guarded = await startServer(testSettings(db, { METRICS_TOKEN: 'a-token-for-prometheus' }), silent);
  const read = (token: string) =>
    fetch(`${guarded.url}/metrics`, { headers: { ...proxied, authorization: `Bearer ${token}` } });
  expect((await read('a-token-for-prometheus')).status).toBe(200);
  expect((await read('a-token-for-somebody--')).status).toBe(404);
  await guarded.stop();
});

test('every answer, also a refusal, forbids to be framed, sniffed or scripted, and names its request', async () => {
  for (const path of ['/health', '/products', '/nothing-here']) {
    const { headers } = await fetch(server.url + path);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  }
});

test('log lines of a request carry its id, its trace and its organization', async () => {
  const lines: string[] = [];
  const logged = await startServer(
    testSettings(db),
    createLog('info', { write: (line) => void lines.push(line) }),
  );
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  const { headers } = await fetch(`${logged.url}/products`, {
    headers: { traceparent, 'x-api-key': 'hal_wrong' },
  });
  await logged.stop();
  const entries = lines.map((line) => JSON.parse(line));
  expect(entries).toContainEqual(
    expect.objectContaining({
      msg: 'request',
      route: '/products',
      status: 401,
      request_id: headers.get('x-request-id'),
      trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
    }),
  );
  expect(lines.join('')).not.toContain('hal_wrong');
});

test('a process that is a worker only is ready too, but has no API', async () => {
  const worker = await startServer(testSettings(db, { HALYARD_ROLES: 'worker' }), silent);
  expect((await fetch(`${worker.url}/ready`)).status).toBe(200);
  expect((await fetch(`${worker.url}/products`)).status).toBe(404);
  await worker.stop();
});

test('a port in use is told with what to do', async () => {
  const port = new URL(server.url).port;
  await expect(startServer(testSettings(db, { PORT: port }), silent)).rejects.toThrow(
    `Port ${port} is in use.`,
  );
});

test('every problem code has its place on the page that problems point to', async () => {
  const { type } = (await (await fetch(`${server.url}/nothing-here`)).json()) as { type: string };
  const [path, code] = type.split('#');
  const page = await (await fetch(server.url + path)).text();
  expect(page).toContain(`id="${code}"`);
});

test('a wrong clock of the machine is told of, and changes nothing that goes out', async () => {
  const right = Date.now;
  Date.now = () => right() + 3_600_000;
  try {
    const ready = await fetch(`${server.url}/ready`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({
      warnings: [expect.stringMatching(/^This machine's clock is 3\d{3} s ahead of the database's/)],
    });
  } finally {
    Date.now = right;
  }
});
