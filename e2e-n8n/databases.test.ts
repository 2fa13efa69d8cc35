import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmbeddedServer } from '@halyard/postgres/embedded-server';
import { startEmbeddedServer } from '@halyard/postgres/embedded-server';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../e2e/until.ts';
import type { Vendor } from '../e2e/vendor.ts';
import { startVendor } from '../e2e/vendor.ts';
import { account } from './accounts.ts';
import { outreachItem } from './inputs.ts';
import { Brought, everyTwoSeconds, settings } from './setting-up.ts';
import { call, halyard, scene, withParameters } from './stage.ts';

/** Workflows that read or write the database of another service. */

let folder: string;
let server: EmbeddedServer;
let theirs: pg.Client;
let ours: pg.Client;
/** An import of Halyard's that is about to be given up. */
let failing: string;
let service: Vendor;
let tenant: string;
const workflows = new Brought();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'halyard-theirs-'));
  await chmod(folder, 0o755); // as root the server runs as the user postgres, who must get in
  server = await startEmbeddedServer({ dataDir: join(folder, 'pg'), password: 'theirs', persistent: false });
  const url = new URL(server.urlOf('halyard'));
  theirs = new pg.Client({ connectionString: url.href });
  await theirs.connect();
  const login = {
    host: url.hostname,
    port: Number(url.port),
    database: 'halyard',
    user: url.username,
    password: decodeURIComponent(url.password),
    ssl: 'disable',
  };
  for (const name of ['Academy database (read only)', 'Content Generator database', 'Failure logs'])
    await account('postgres', name, login);
  service = await startVendor(() => ({ status: 200, body: {} }));
  tenant = (await halyard('GET', '/organization')).body.id;
  await workflows.bring('alerts/job-failed', (file) =>
    withParameters(file, 'Settings', {
      ...settings({ notify_url: `${service.url}/failed` }),
      includeOtherFields: true,
    }),
  );
  ours = new pg.Client({ connectionString: scene.halyard.databaseUrl });
  await ours.connect();
  failing = await importThatFails();
}, 120_000);
afterAll(async () => {
  await workflows.switchOff();
  await ours?.query('drop function if exists paper_is_out cascade');
  await ours?.end();
  await theirs?.end();
  await server?.stop();
  await service?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** Its five tries take half a minute, in which the other tests run. No file does that, so the database refuses its row. */
async function importThatFails(): Promise<string> {
  const email = `${randomUUID()}@example.com`;
  await ours.query(`create function paper_is_out() returns trigger language plpgsql
    as $$ begin raise exception 'The paper is out'; end $$`);
  await ours.query(`create trigger paper_is_out before insert on identities for each row
    when (new.address = '${email}') execute function paper_is_out()`);
  const headers = { 'x-api-key': scene.halyard.apiKey, 'content-type': 'text/csv' };
  const file = `email\n${email}\n`;
  const { status, body } = await call(`${scene.halyard.url}/imports`, 'POST', file, headers);
  expect(status, JSON.stringify(body)).toBe(202);
  return body.id;
}

test('what became of an item is written into the row it came from', async () => {
  await theirs.query(
    'create table outreach (id uuid primary key, status text, error text, sent_at timestamptz, updated_at timestamptz)',
  );
  const id = randomUUID();
  await theirs.query('insert into outreach (id, status) values ($1, $2)', [id, 'pending']);
  await workflows.bring('outreach/write-back-postgres');
  await halyard('POST', '/outreach/items', outreachItem(tenant, id));
  const row = await until(
    async () => (await theirs.query('select * from outreach where id = $1', [id])).rows[0],
    ({ status }) => status === 'delivered',
    20_000,
  );
  const { body: state } = await halyard('GET', `/outreach/items/${id}`);
  expect({ ...row, sent_at: row.sent_at.toISOString() }).toMatchObject({
    error: null,
    sent_at: state.sent_at,
  });
});

test('progress is read from the academy’s table, and what is known already changes nothing', async () => {
  await theirs.query(`create table enrollments (tenant_id uuid, user_id uuid, course_id uuid, completed_percent int,
    next_lesson_id uuid, updated_at timestamptz default now())`);
  const [course, user] = [randomUUID(), randomUUID()];
  await halyard('PUT', `/courses/${course}`, { name: 'Knots' });
  await theirs.query('insert into enrollments values ($1, $2, $3, 45, null)', [tenant, user, course]);
  await workflows.bring('academy/read-progress', (file) =>
    withParameters(file, 'Every hour', everyTwoSeconds),
  );
  const enrolled = async () => (await halyard('GET', `/enrollments?course_id=${course}`)).body.items;
  const [first] = await until(enrolled, (items) => items.length > 0, 20_000);
  expect(first).toMatchObject({ completed_percent: 45 });
  await theirs.query('insert into enrollments values ($1, $2, $3, 60, null)', [tenant, user, course]);
  const [then] = await until(enrolled, (items) => items[0].completed_percent === 60, 20_000);
  expect(then.id).toBe(first.id);
  expect(then.revision).toBe(first.revision + 1);
});

test('a job that was given up is in the table of failures once, and one address is told', async () => {
  const rows = await until(
    async () => (await theirs.query('select * from failure_logs').catch(() => ({ rows: [] }))).rows,
    (found) => found.length > 0,
    50_000,
  );
  const { body: log } = await halyard('GET', '/failures?service=halyard');
  const failure = log.items.find(
    ({ details }: { details: { import_id?: string } }) => details.import_id === failing,
  );
  const told = {
    queue: 'imports',
    job: 'import',
    tries: 5,
    error: expect.stringContaining('The paper is out'),
  };
  expect(rows).toMatchObject([{ ...told, failure_id: failure.id }]);
  const calls = await until(
    () => service.calls.filter(({ path }) => path === '/failed'),
    (all) => all.length > 0,
  );
  expect(calls.map(({ body }) => body)).toMatchObject([{ ...told, import_id: failing }]);
  expect((await halyard('GET', `/imports/${failing}`)).body).toMatchObject({ status: 'failed' });
});
