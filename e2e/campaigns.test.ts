import type { TestCaller, TestServer } from '@halyard/api/testing/test-server';
import { startTestServer } from '@halyard/api/testing/test-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './until.js';
import type { WorkerProcess } from './worker-process.js';
import { startWorker } from './worker-process.js';

/** A campaign to a thousand people, whose worker is killed in the middle of it: everybody gets it, nobody twice. */

const people = 1_000;
let server: TestServer;
let api: TestCaller;
const workers = new Set<WorkerProcess>();

beforeAll(async () => {
  server = await startTestServer();
  api = await server.apiKey();
  await made('/connections', { provider: 'sandbox', name: 'Sandbox', settings: {}, secrets: {} });
  const locales = { en: { subject: 'News', mjml: '<mj-text>Ahoy</mj-text>' } };
  await made('/templates', { key: 'news', channel: 'email', content: { default_locale: 'en', locales } });
  start();
  const rows = Array.from({ length: people }, (_, n) => `guest${n}@example.com\n`);
  const { body } = await api('POST', '/imports', `email\n${rows.join('')}`, { 'content-type': 'text/csv' });
  await until(
    async () => (await api('GET', `/imports/${body.id}`)).body,
    ({ status }) => status === 'completed',
    30_000,
  );
}, 60_000);
afterAll(async () => {
  for (const worker of workers) await worker.kill();
  await server?.stop();
});

async function made(path: string, body: object): Promise<{ id: string }> {
  const answer = await api('POST', path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body;
}

function start(): void {
  workers.add(startWorker(server.db.url));
}

async function killAll(): Promise<void> {
  for (const worker of workers) await worker.kill();
  workers.clear();
  // Their leases, as if the time were over; others wait for as long.
  await server.db.owner.query(`update messages set lease_until = now() where status = 'sending'`);
}

const draft = (name: string) =>
  made('/campaigns', { name, audience: { all: [] }, channels: ['email'], template: 'news' });
const read = async (id: string) => (await api('GET', `/campaigns/${id}`)).body;
const stats = async (id: string) => (await api('GET', `/campaigns/${id}/stats`)).body;

/** How often each address got this campaign. */
async function inbox(id: string): Promise<number[]> {
  const { rows } = await server.db.owner.query(
    `select count(*)::int as n from sandbox_inbox i join messages m on m.org_id = i.org_id and m.id = i.message_id
     where i.arrived and m.subject_id = $1 group by i.recipient`,
    [id],
  );
  return rows.map(({ n }) => n);
}

/** Messages that are not sent, and not held by a pause either. */
async function notHeld(id: string): Promise<number> {
  const { rows } = await server.db.owner.query(
    `select count(*)::int as n from messages where subject_id = $1
       and (status = 'sending' or status = 'scheduled' and reason is distinct from 'campaign_paused')`,
    [id],
  );
  return rows[0].n;
}

const once = Array.from({ length: people }, () => 1);

test('killed while it plans and while it sends, a campaign reaches everybody once', async () => {
  const { id } = await draft('Through two deaths');
  expect((await api('POST', `/campaigns/${id}/start`)).body.status).toBe('running');
  const reached = (share: number) =>
    until(
      () => inbox(id),
      (got) => got.length > people * share,
      30_000,
    );
  await until(
    () => stats(id),
    ({ recipients }) => recipients > 0,
    30_000,
  );
  await killAll();
  start();
  await reached(0.2);
  await killAll();
  start();
  await until(
    () => read(id),
    ({ status }) => status === 'completed',
    60_000,
  );
  expect(await inbox(id)).toEqual(once);
  expect(await stats(id)).toMatchObject({ recipients: people, statuses: { SENT: people }, reconciled: true });
}, 120_000);

test('paused in the middle it stands still, and resumed it goes to its end', async () => {
  const { id } = await draft('Through a pause');
  await api('POST', `/campaigns/${id}/start`);
  await until(
    () => inbox(id),
    (got) => got.length > 0,
    30_000,
  );
  expect((await api('POST', `/campaigns/${id}/pause`)).body.status).toBe('paused');
  await until(
    () => notHeld(id),
    (n) => n === 0,
    30_000,
  );
  const { statuses } = await stats(id);
  expect(statuses.SENT).toBeLessThan(people);
  expect(await inbox(id)).toHaveLength(statuses.SENT);
  expect((await api('POST', `/campaigns/${id}/resume`)).body.status).toBe('running');
  await until(
    () => read(id),
    ({ status }) => status === 'completed',
    60_000,
  );
  expect(await inbox(id)).toEqual(once);
}, 120_000);
