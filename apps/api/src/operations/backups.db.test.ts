import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Snapshot } from '@halyard/postgres/backup/snapshot';
import type { TestDatabase } from '@halyard/postgres/testing/test-database';
import { openTestDatabase } from '@halyard/postgres/testing/test-database';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Server } from '../server.js';
import { startServer } from '../server.js';
import { testSettings } from '../testing/test-settings.js';

const token = 'a-token-for-operations';
const silent = pino({ level: 'silent' });
let db: TestDatabase;
let server: Server;
let folder: string;

beforeAll(async () => {
  db = await openTestDatabase();
  await db.organization();
  folder = await mkdtemp(join(tmpdir(), 'halyard-backups-'));
  server = await start({ HALYARD_BACKUP_DIR: folder, HALYARD_BACKUPS_KEPT: '2' });
});
afterAll(async () => {
  await server.stop();
  await db.drop();
  await rm(folder, { recursive: true });
});

const start = (env: Record<string, string>) =>
  startServer(testSettings(db, { OPERATIONS_TOKEN: token, ...env }), silent);

async function call(method: string, path: string, url = server.url, bearer = token) {
  const answer = await fetch(url + path, { method, headers: { authorization: `Bearer ${bearer}` } });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const finished = (id: unknown) =>
  vi.waitFor(async () => {
    const { body } = await call('GET', `/backups/${id}`);
    expect(body.status).not.toBe('running');
    return body;
  }, 10_000);

test('a backup is asked for, made beside, and told of', async () => {
  const { status, body } = await call('POST', '/backups');
  expect(status).toBe(202);
  expect(body).toMatchObject({ status: 'running', finished_at: null, failed_reason: null });
  const made = await finished(body.id);
  expect(made).toMatchObject({
    status: 'finished',
    bytes: expect.any(Number),
    rows: expect.any(Number),
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(await readdir(folder)).toEqual([made.name]);
  expect((await call('GET', '/backups')).body).toEqual({ items: [made] });
});

test('only so many are kept, and files of somebody else are left alone', async () => {
  await writeFile(join(folder, 'mine.backup'), '');
  await writeFile(join(folder, 'halyard-20260101T000000000Z.backup.part'), ''); // of a process that was killed
  const names = [];
  for (let n = 0; n < 3; n++) names.push((await finished((await call('POST', '/backups')).body.id)).name);
  const kept = names.slice(-2);
  await vi.waitFor(async () =>
    expect((await readdir(folder)).sort()).toEqual([...kept, 'mine.backup'].sort()),
  );
  await vi.waitFor(async () => {
    const { items } = (await call('GET', '/backups')).body as { items: { name: string }[] };
    expect(items.map(({ name }) => name)).toEqual(kept.toReversed());
  });
});

test('one at a time, and one whose process died is told as failed', async () => {
  const elsewhere = await Snapshot.open(db.url);
  expect(await call('POST', '/backups')).toMatchObject({ status: 409, body: { code: 'conflict' } });
  const id = '0199c0a8-7e1f-7000-8000-0000000000b1';
  await db.owner.query(`insert into backups (id, name) values ($1, 'halyard-elsewhere')`, [id]);
  expect((await call('GET', `/backups/${id}`)).body.status).toBe('running');
  await elsewhere.close();
  await vi.waitFor(async () =>
    expect((await call('GET', `/backups/${id}`)).body).toMatchObject({
      status: 'failed',
      failed_reason: 'The process that made it ended before it was finished.',
    }),
  );
});

test('one that cannot be written is told as failed, with why', async () => {
  const other = await start({ HALYARD_BACKUP_DIR: '/dev/null/nowhere' });
  const { body } = await call('POST', '/backups', other.url);
  expect(await finished(body.id)).toMatchObject({
    status: 'failed',
    failed_reason: expect.stringContaining('/dev/null'),
  });
  await other.stop();
});

test('nobody gets in without the token, and without a folder it says what to do', async () => {
  for (const [method, path] of [
    ['POST', '/backups'],
    ['GET', '/backups'],
    ['GET', '/backups/1'],
  ] as const)
    expect(await call(method, path, server.url, 'a-token-of-a-stranger-')).toMatchObject({ status: 401 });
  expect(await call('GET', '/backups/1')).toMatchObject({ status: 404 });
  const bare = await start({});
  expect(await call('POST', '/backups', bare.url)).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('Set HALYARD_BACKUP_DIR') },
  });
  await bare.stop();
});

test('while a restored installation stands still no loop runs, services are refused and nothing is repeated, until it is released', async () => {
  await db.owner.query(`insert into restores (backup_taken_at) values ('2026-06-01T03:00:00Z')`);
  const still = await start({});
  expect(still.standsStillSince?.toISOString()).toBe('2026-06-01T03:00:00.000Z');
  const ready = async () => (await (await fetch(`${still.url}/ready`)).json()) as { warnings?: string[] };
  expect((await ready()).warnings?.join()).toContain('Restored from the backup of 2026-06-01');
  const headers = { 'x-api-key': 'hal_x', 'content-type': 'application/json' };
  const push = () => fetch(`${still.url}/outreach/claim`, { method: 'POST', headers, body: '{}' });
  const refused = await push();
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('60');
  expect((await fetch(`${still.url}/hooks/in/some-token`, { method: 'POST' })).status).toBe(503);
  const id = '0199c0a8-7e1f-7000-8000-0000000000b2';
  const repeating = [
    '/review-items/replay',
    `/review-items/${id}/replay`,
    `/messages/${id}/retry`,
    `/deliveries/${id}/replay`,
    `/endpoints/${id}/replay`,
  ];
  for (const path of repeating)
    expect(await call('POST', path, still.url)).toMatchObject({
      status: 409,
      body: { code: 'invalid_state', detail: expect.stringContaining('halyard release') },
    });
  expect((await call('POST', `/review-items/${id}/resolve`, still.url)).status).toBe(401);
  const loops = async () =>
    (await (await fetch(`${still.url}/metrics`)).text()).includes('halyard_loop_rounds_total{');
  expect(await loops()).toBe(false);
  await db.owner.query('update restores set released_at = now()');
  await vi.waitFor(async () => expect(await loops()).toBe(true), 10_000);
  expect((await push()).status).toBe(401);
  for (const path of repeating) expect((await call('POST', path, still.url)).status).toBe(401);
  expect(await ready()).not.toHaveProperty('warnings');
  await still.stop();
});
