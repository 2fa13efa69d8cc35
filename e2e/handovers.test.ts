import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { TestCaller, TestServer } from '@halyard/api/testing/test-server';
import { startTestServer } from '@halyard/api/testing/test-server';
import type { FakeN8n, Handed } from '@halyard/channels/testing/fake-n8n';
import { signingSecret, startFakeN8n } from '@halyard/channels/testing/fake-n8n';
import type { TestDatabase } from '@halyard/postgres/testing/test-database';
import { openTestDatabase } from '@halyard/postgres/testing/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './until.js';
import type { WorkerProcess } from './worker-process.js';
import { startWorker } from './worker-process.js';

/** What others send, and tables of others, while n8n is away and workers are killed: nothing lost, nothing twice. */

let server: TestServer;
let other: TestDatabase;
let api: TestCaller;
const workers = new Set<WorkerProcess>();
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  server = await startTestServer();
  other = await openTestDatabase();
  api = await server.apiKey();
});
afterAll(async () => {
  for (const worker of workers) await worker.kill();
  for (const close of closing) await close();
  await server?.stop();
  await other?.drop();
});

function start(): WorkerProcess {
  const worker = startWorker(server.db.url, { HALYARD_ALLOW_PRIVATE_ADDRESSES: 'true' });
  workers.add(worker);
  return worker;
}

async function n8nConnection(n8n: FakeN8n, settings: object): Promise<void> {
  const connected = await api('POST', '/connections', {
    provider: 'n8n',
    name: `n8n ${randomUUID()}`,
    settings: { base_url: n8n.url, path: '/webhook/halyard-send', ...settings },
    secrets: { signing_secret: signingSecret },
    channels: ['telegram'],
  });
  expect(connected.status, JSON.stringify(connected.body)).toBe(201);
  closing.push(async () => void (await api('DELETE', `/connections/${connected.body.id}`)));
}

const send = async (n: number): Promise<string> => {
  const { status, body } = await api('POST', '/messages/send', {
    channels: ['telegram'],
    class: 'transactional',
    content: { body: 'Ahoi' },
    to: { telegram: `${4_000 + n}` },
  });
  expect(status, JSON.stringify(body)).toBe(202);
  return body.id;
};

const statuses = async (ids: string[]): Promise<Record<string, string>> => {
  const { rows } = await server.db.owner.query('select id, status from messages where id = any ($1)', [ids]);
  return Object.fromEntries(rows.map(({ id, status }) => [id, status]));
};

test('n8n goes away and comes back, a worker is killed: each message is handed over once, or known to be unknown', async () => {
  const report = async ({ report_url }: Handed) => {
    const { pathname } = new URL(report_url);
    const { status } = await server.anonymous('POST', pathname, { outcome: 'sent' });
    expect(status).toBe(200);
  };
  let answers = 0;
  /** Each takes long enough for a worker to die before it. Every fifth is lost on its way, and reported only later. */
  const answer = async (handed: Handed) => {
    const isLost = ++answers % 5 === 0;
    setTimeout(() => void report(handed), isLost ? 5_000 : 0);
    await pause(100);
    return isLost ? null : { status: 200 };
  };
  const before = await startFakeN8n(answer);
  await n8nConnection(before, {});
  const doomed = start();
  const ids: string[] = [];
  for (let n = 0; n < 60; n++) ids.push(await send(n));
  await until(
    () => before.handed.length,
    (n) => n > 10,
    30_000,
  );
  await doomed.kill();
  start();
  await until(
    () => before.handed.length,
    (n) => n > 30,
    30_000,
  );
  await before.close();
  for (let n = 60; n < 90; n++) ids.push(await send(n));
  const after = await startFakeN8n(answer, before.port);
  closing.push(() => after.close());
  for (let n = 90; n < 120; n++) ids.push(await send(n));
  const handed = () => [...before.handed, ...after.handed].map(({ message_id }) => message_id);
  const sentOf = (all: Record<string, string>) => ids.filter((id) => all[id] === 'sent');
  const settled = await until(
    () => statuses(ids),
    (all) =>
      Object.values(all).every((status) => status === 'sent' || status === 'unknown') &&
      sentOf(all).length >= new Set(handed()).size,
    150_000,
  );
  expect(new Set(handed()).size).toBe(handed().length);
  const sent = sentOf(settled);
  expect([...sent].sort()).toEqual(handed().sort());
  expect(sent.length).toBeGreaterThan(60);
}, 240_000);

test('what a workflow never reports is unknown when its time is over, and is not handed over again', async () => {
  const n8n = await startFakeN8n();
  closing.push(() => n8n.close());
  await closing.shift()?.(); // the connection of the test before
  await n8nConnection(n8n, { report_within_seconds: 10 });
  const id = await send(1);
  const [seen] = await until(
    async () => [(await api('GET', `/messages/${id}`)).body],
    ([message]) => message.status === 'unknown',
    40_000,
  );
  expect(seen).toMatchObject({ reason: 'not_reported', attempts: [{ code: 'not_reported' }] });
  expect(n8n.handed).toHaveLength(1);
}, 60_000);

test('rows of another service’s table are taken once and written back, though workers are killed', async () => {
  await api('POST', '/connections', { provider: 'sandbox', name: 'Sandbox', settings: {}, secrets: {} });
  await other.owner.query(`
    create table outreach (id uuid primary key, body text, email text, status text, error text, sent_at timestamptz)`);
  const many = 250;
  await other.owner.query(
    `insert into outreach (id, body, email, status)
     select gen_random_uuid(), 'Ahoi', 'guest' || n || '@example.com', 'pending' from generate_series(1, $1) n`,
    [many],
  );
  const written = async () => {
    const sql = 'select status, count(*)::int as n from outreach group by status';
    const { rows } = await other.owner.query(sql);
    return Object.fromEntries(rows.map(({ status, n }) => [status, n])) as Record<string, number>;
  };
  const created = await api('POST', '/outreach/sources', {
    name: 'Content generator',
    url: other.url,
    tls: 'disable',
    table: 'outreach',
    columns: { id: 'id', body: 'body', email: 'email' },
    write_back: { status: 'status', error: 'error', sent_at: 'sent_at' },
    defaults: { channel: 'email', user_id: randomUUID() },
    poll_seconds: 5,
  });
  // The table is on this machine: a server of its own would have to allow that, as this one does.
  expect(created.status, JSON.stringify(created.body)).toBe(201);
  for (let kills = 0; kills < 2; kills++) {
    const seen = JSON.stringify(await written());
    await until(written, (now) => JSON.stringify(now) !== seen, 40_000);
    for (const worker of workers) await worker.kill();
    workers.clear();
    start();
  }
  await until(written, ({ delivered = 0 }) => delivered === many, 100_000);
  const { rows } = await server.db.owner.query(
    `select count(*)::int as arrived, count(distinct recipient)::int as people from sandbox_inbox where arrived`,
  );
  expect(rows).toEqual([{ arrived: many, people: many }]);
}, 180_000);
