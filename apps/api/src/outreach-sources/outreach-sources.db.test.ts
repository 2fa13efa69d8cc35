import { randomUUID } from 'node:crypto';
import type { TestDatabase } from '@halyard/postgres/testing/test-database';
import { openTestDatabase } from '@halyard/postgres/testing/test-database';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

/** The table of another service, in a database of its own, through the API, the jobs and the loops. */

let server: TestServer;
let other: TestDatabase;
let admin: TestCaller;
let sourceId: string;
beforeAll(async () => {
  server = await startTestServer({ loops: true });
  other = await openTestDatabase();
  admin = await server.as('admin');
  await admin('POST', '/connections', { provider: 'sandbox', name: 'Sandbox', settings: {}, secrets: {} });
});
afterAll(async () => {
  await server.stop();
  await other.drop();
});

const url = () => other.url;
beforeEach(async () => {
  await other.owner.query(`
    drop schema if exists "Content Generator" cascade;
    create schema "Content Generator";
    create type "Content Generator".state as enum
      ('new', 'accepted', 'rejected', 'waiting', 'scheduled', 'sending', 'sent', 'delivered', 'skipped', 'failed', 'unknown');
    create table "Content Generator"."Outreach; drop table x" (
      "Id" bigint generated always as identity primary key,
      "the ""tenant""" uuid,
      subject text, body text, email text,
      state "Content Generator".state not null default 'new',
      error text, sent_at timestamptz, message uuid
    )`);
});

const table = '"Content Generator"."Outreach; drop table x"';
const rows = async () => (await other.owner.query(`select * from ${table} order by "Id"`)).rows;
const add = (body: string | null, email = 'anna@example.com', tenant: string = server.organization) =>
  other.owner.query(
    `insert into ${table} ("the ""tenant""", subject, body, email) values ($1, 'Ahoi', $2, $3)`,
    [tenant, body, email],
  );

const input = (more: object = {}) => ({
  name: `Source ${randomUUID()}`,
  url: url(),
  tls: 'disable',
  schema: 'Content Generator',
  table: 'Outreach; drop table x',
  columns: { id: 'Id', tenant_id: 'the "tenant"', subject: 'subject', body: 'body', email: 'email' },
  write_back: { status: 'state', error: 'error', sent_at: 'sent_at', message_id: 'message' },
  pending: 'new',
  defaults: { channel: 'email', user_id: randomUUID() },
  poll_seconds: 5,
  ...more,
});

async function connect(more: object = {}) {
  const { status, body } = await admin('POST', '/outreach/sources', input(more));
  expect(status, JSON.stringify(body)).toBe(201);
  sourceId = body.id;
  return body;
}

const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 100 });

test('rows are sent and their fate is written back; what cannot be sent says why', async () => {
  await add('The course starts tomorrow.');
  await add(null, 'ben@example.com');
  await add('Of another tenant.', 'cleo@example.com', randomUUID());
  const source = await connect();
  expect(JSON.stringify(source)).not.toContain('postgres://');
  expect(source.server).toMatch(/^127\.0\.0\.1|localhost/);
  await until(async () =>
    expect(await rows()).toMatchObject([
      { state: 'delivered', error: null, sent_at: expect.any(Date), message: expect.any(String) },
      { state: 'rejected', error: expect.stringContaining('body') },
      { state: 'new', error: null },
    ]),
  );
  const items = await admin('GET', '/outreach/items');
  expect(items.body.items.filter((one: { status: string }) => one.status === 'delivered')).toHaveLength(1);
  const reviews = await admin('GET', '/review-items?status=open');
  expect(JSON.stringify(reviews.body)).toContain('ben@example.com');
  await admin('DELETE', `/outreach/sources/${sourceId}`);
});

test('a source that cannot be read is not saved, and the reason is told', async () => {
  const wrong = await admin('POST', '/outreach/sources', input({ table: 'nothing' }));
  expect(wrong).toMatchObject({
    status: 422,
    body: { code: 'connection_failed', detail: expect.stringContaining('does not exist') },
  });
  const saved = await admin('POST', '/outreach/sources', input({ table: 'nothing', skip_test: true }));
  expect(saved.status).toBe(201);
  expect((await admin('POST', `/outreach/sources/${saved.body.id}/test`)).body).toMatchObject({
    ok: false,
    reason: expect.stringContaining('does not exist'),
  });
  await until(async () =>
    expect((await admin('GET', `/outreach/sources/${saved.body.id}`)).body.error).toContain('does not exist'),
  );
  await admin('DELETE', `/outreach/sources/${saved.body.id}`);
});

test('a test says how many wait, and what is wrong with the first', async () => {
  await add(null);
  await connect({ active: false });
  expect((await admin('POST', `/outreach/sources/${sourceId}/test`)).body).toEqual({
    ok: true,
    reason: null,
    pending: 1,
    problem: expect.stringContaining('body'),
  });
  expect(await rows()).toMatchObject([{ state: 'new' }]);
  await admin('DELETE', `/outreach/sources/${sourceId}`);
});

test('a table is looked at before it is saved: its columns, its rows, and what the first would become', async () => {
  await add('The course starts tomorrow.');
  const { schema, table, tls, columns, write_back, pending, defaults } = input();
  const look = async (more: object) =>
    (await admin('POST', '/outreach/sources/look', { url: url(), schema, table, tls, ...more })).body;
  const plain = await look({});
  expect(plain).toMatchObject({ ok: true, pending: null, item: null, problem: null });
  expect(plain.columns.slice(0, 3)).toEqual([
    { name: 'Id', type: 'bigint', key: true },
    { name: 'the "tenant"', type: 'uuid', key: false },
    { name: 'subject', type: 'text', key: false },
  ]);
  expect(plain.rows).toHaveLength(1);
  expect(plain.rows[0]).toEqual(expect.arrayContaining(['Ahoi', 'The course starts tomorrow.', 'new', null]));
  const mapped = { columns, write_back, pending, defaults };
  expect(await look(mapped)).toMatchObject({
    pending: 1,
    item: { channel: 'email', to: 'anna@example.com', subject: 'Ahoi', schedule_at: null },
    problem: null,
  });
  expect(await look({ ...mapped, columns: { ...columns, body: 'nothing' } })).toMatchObject({
    ok: true,
    columns: plain.columns,
    problem: expect.stringContaining('does not exist'),
  });
  expect(await look({ table: 'nothing' })).toMatchObject({
    ok: false,
    reason: expect.stringContaining('does not exist'),
    columns: [],
  });
  await other.owner.query(`update "Content Generator"."Outreach; drop table x" set body = null`);
  expect(await look(mapped)).toMatchObject({ item: null, field: 'body' });
  expect(await rows()).toMatchObject([{ state: 'new', error: null }]);
});

test('a stored source is looked at without its password, by its own organization alone', async () => {
  await connect({ active: false });
  const { schema, table } = input();
  const asked = { id: sourceId, schema, table, tls: 'disable' };
  expect((await admin('POST', '/outreach/sources/look', asked)).body).toMatchObject({ ok: true, rows: [] });
  const stranger = await admin('POST', '/outreach/sources/look', { ...asked, id: randomUUID() });
  expect(stranger.status).toBe(404);
  expect((await admin('POST', '/outreach/sources/look', { table })).status).toBe(422);
  await admin('DELETE', `/outreach/sources/${sourceId}`);
});

test('a change is tried first, and nobody is shown who logs in', async () => {
  await connect({ active: false });
  const path = `/outreach/sources/${sourceId}`;
  const refused = await admin('PATCH', path, { table: 'nothing' });
  expect(refused).toMatchObject({ status: 422, body: { code: 'connection_failed' } });
  const changed = await admin('PATCH', path, { poll_seconds: 60, url: url() });
  expect(changed).toMatchObject({ status: 200, body: { poll_seconds: 60, active: false } });
  const { rows: audited } = await server.db.owner.query(
    `select changes from audit_log where target_id = $1 order by seq`,
    [sourceId],
  );
  expect(audited).toHaveLength(2);
  expect(JSON.stringify([changed.body, audited])).not.toMatch(/postgres(ql)?:\/\//);
  expect((await admin('DELETE', path)).status).toBe(204);
  expect((await admin('GET', path)).status).toBe(404);
});

test('a key that may push outreach may not have us log in to a database', async () => {
  const pusher = await server.apiKey(['outreach:read', 'outreach:write']);
  const unread = { ...input(), active: false };
  expect((await pusher('POST', '/outreach/sources', unread)).status).toBe(403);
  expect((await pusher('POST', '/outreach/sources/look', unread)).status).toBe(403);
  const connector = await server.apiKey(['connections:write']);
  const made = await connector('POST', '/outreach/sources', unread);
  expect(made.status).toBe(201);
  expect((await pusher('PATCH', `/outreach/sources/${made.body.id}`, { active: true })).status).toBe(403);
  await admin('DELETE', `/outreach/sources/${made.body.id}`);
});
