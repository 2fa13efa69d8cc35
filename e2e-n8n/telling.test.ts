import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { until } from '../e2e/until.ts';
import type { Vendor } from '../e2e/vendor.ts';
import { startVendor } from '../e2e/vendor.ts';
import { account, smtpAccount } from './accounts.ts';
import { failOnce, outreachItem } from './inputs.ts';
import { Mailbox } from './mailbox.ts';
import { Brought, everyTwoSeconds, settings } from './setting-up.ts';
import { bringFailing, call, callHook, executions, halyard, scene, withParameters } from './stage.ts';

/** What happens in Halyard is told to others, and what goes wrong in n8n to Halyard. */

let service: Vendor;
let mailbox: Mailbox;
let tenant: string;
const workflows = new Brought();
beforeAll(async () => {
  service = await startVendor(({ path }) => ({
    status: 200,
    body: path.startsWith('/api') ? { ok: true } : {},
  }));
  mailbox = await Mailbox.open();
  await smtpAccount(mailbox.port);
  tenant = (await halyard('GET', '/organization')).body.id;
});
// Schedules of a second pile up behind each other otherwise.
afterEach(() => workflows.switchOff());
afterAll(() => Promise.all([service?.close(), mailbox?.close()]));

const toldAt = (path: string) => service.calls.filter((call) => call.path === path);

test('the state of an item goes back to the service that pushed it', async () => {
  await account('httpHeaderAuth', 'Content Generator', { name: 'x-key', value: 'of the generator' });
  await workflows.bring('outreach/write-back-webhook', (file) =>
    withParameters(file, 'Settings', settings({ status_url: `${service.url}/status` })),
  );
  const pushed = outreachItem(tenant);
  await halyard('POST', '/outreach/items', pushed);
  const told = await until(
    () => toldAt('/status').filter(({ body }) => body.id === pushed.id),
    (calls) => calls.some(({ body }) => body.status === 'delivered'),
    20_000,
  );
  const { body: state } = await halyard('GET', `/outreach/items/${pushed.id}`);
  expect(told.at(-1)?.body).toEqual({
    id: pushed.id,
    status: 'delivered',
    error: null,
    message_id: state.message_id,
    sent_at: state.sent_at,
    delivered_at: state.delivered_at,
  });
  expect(told[0]?.headers['x-key']).toBe('of the generator');
  expect(new Set(told.map(({ headers }) => headers['idempotency-key'])).size).toBe(told.length);
});

test('who enrolls is told to the academy', async () => {
  await workflows.bring('academy/forward-events', (file) =>
    withParameters(file, 'Settings', settings({ target_url: `${service.url}/academy` })),
  );
  const course = randomUUID();
  await halyard('PUT', `/courses/${course}`, { name: 'Knots' });
  const contact = { email: `${randomUUID()}@example.com` };
  const { body } = await halyard('POST', '/enrollments', { course_id: course, contact });
  const [call] = await until(
    () => toldAt('/academy'),
    (calls) => calls.length > 0,
  );
  expect(call?.body).toMatchObject({
    type: 'enrollment.created',
    data: { enrollment_id: body.id, course_id: course },
  });
  expect(call?.headers['idempotency-key']).toBe(call?.body.id);
});

test('an alert that fires is told where its severity counts, and nowhere else', async () => {
  await account('slackApi', 'Slack', { accessToken: 'token', signatureSecret: '' });
  const mail = { mail_from: 'Halyard <alerts@example.com>', mail_to: 'team@example.com' };
  await workflows.bring('alerts/notify-email', (file) =>
    withParameters(file, 'Settings', {
      ...settings({ severities: 'error,critical', ...mail }),
      includeOtherFields: true,
    }),
  );
  const slack = { severities: 'info', slack_api: `${service.url}/api`, slack_channel: '#alerts' };
  await workflows.bring('alerts/notify-slack', (file) =>
    withParameters(file, 'Settings', { ...settings(slack), includeOtherFields: true }),
  );
  const name = `Checkout fails ${randomUUID().slice(0, 4)}`;
  await failOnce(name);
  const [told] = await until(
    () => mailbox.to('team@example.com').filter(({ source }) => source.includes(name)),
    (mails) => mails.length > 0,
    90_000,
  );
  expect(told?.source).toContain('CRITICAL');
  expect(toldAt('/api/chat.postMessage')).toEqual([]);
}, 120_000);

test('a workflow that fails is in Halyard’s failure log, without the data that it had', async () => {
  const path = `fails-${randomUUID()}`;
  const failing = [
    {
      name: 'Hook',
      type: 'n8n-nodes-base.webhook',
      typeVersion: 2.1,
      position: [0, 0] as [number, number],
      parameters: { path, httpMethod: 'POST', responseMode: 'onReceived' },
    },
    {
      name: 'Break',
      type: 'n8n-nodes-base.stopAndError',
      typeVersion: 1,
      position: [240, 0] as [number, number],
      parameters: { errorType: 'errorMessage', errorMessage: 'The rope broke' },
    },
  ];
  const links = { Hook: { main: [[{ node: 'Break', type: 'main', index: 0 }]] } };
  await bringFailing('Fails in a test', failing, links);
  await callHook(path, { secret: 'of a person' });
  const found = await until(
    async () =>
      (await halyard('GET', '/failures?service=n8n')).body.items.filter(({ message }: { message: string }) =>
        message.includes('The rope broke'),
      ),
    (items) => items.length > 0,
    20_000,
  );
  expect(found).toMatchObject([{ message: 'Fails in a test: The rope broke', details: { node: 'Break' } }]);
  expect(JSON.stringify(found)).not.toContain('of a person');
});

test('credentials that are refused are reported each morning', async () => {
  const name = `Gone ${randomUUID().slice(0, 4)}`;
  const settled = { from_address: 'a@example.com', host: '127.0.0.1', port: 9, security: 'none' };
  const { body } = await halyard('POST', '/connections', {
    provider: 'smtp',
    name,
    settings: settled,
    secrets: {},
    priority: 900,
    skip_test: true,
  });
  await workflows.bring('ops/credentials', (file) =>
    withParameters(file, 'At 6 in the morning', everyTwoSeconds),
  );
  const [failure] = await until(
    async () =>
      (await halyard('GET', '/failures?service=connections')).body.items.filter(
        ({ message }: { message: string }) => message.startsWith(name),
      ),
    (items) => items.length > 0,
    20_000,
  );
  expect(failure).toMatchObject({ fingerprint: `connection:${body.id}`, details: { provider: 'smtp' } });
  await halyard('DELETE', `/connections/${body.id}`);
});

/** A new key of Halyard's, which only a person can make. */
async function keyFor(days: number): Promise<{ id: string; key: string }> {
  const { url, email, password } = scene.halyard;
  const { body: person } = await call(`${url}/auth/login`, 'POST', { email, password });
  const wanted = {
    name: `n8n, ${days} days`,
    scopes: ['connections:read', 'connections:write', 'alerts:write'],
    expires_at: new Date(Date.now() + days * 86_400_000).toISOString(),
  };
  const proof = { authorization: `Bearer ${person.token}` };
  const { status, body } = await call(`${url}/api-keys`, 'POST', wanted, proof);
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}
const useKey = (apiKey: string) => account('halyardApi', 'Halyard', { baseUrl: scene.halyard.url, apiKey });

test.each([
  [60, []],
  [5, [expect.stringContaining('The API key n8n, 5 days (hal_')]],
])('what is reported of an API key that expires in %i days', async (days, reports) => {
  const { id, key } = await keyFor(days);
  await useKey(key);
  try {
    const workflow = await workflows.bring('ops/credentials', (file) =>
      withParameters(file, 'At 6 in the morning', everyTwoSeconds),
    );
    const before = (await executions(workflow, 0)).length;
    const [run] = await executions(workflow, before + 1);
    expect(run?.status).toBe('success');
  } finally {
    await workflows.switchOff();
    await useKey(scene.halyard.apiKey);
  }
  const { body } = await halyard('GET', '/failures?service=api-keys');
  const about = body.items.filter(({ details }: { details: object }) => Object.values(details).includes(id));
  expect(about.map(({ message }: { message: string }) => message)).toEqual(reports);
});

test('somebody is told without Halyard when Halyard is not ready', async () => {
  const addresses = { halyard_url: `${service.url}/nothing-here`, notify_url: `${service.url}/down` };
  const closed = await startVendor(() => ({ status: 503, body: {} }));
  await workflows.bring('ops/health', (file) =>
    withParameters(
      withParameters(file, 'Settings', settings({ ...addresses, halyard_url: closed.url })),
      'Every five minutes',
      everyTwoSeconds,
    ),
  );
  const [call] = await until(
    () => toldAt('/down'),
    (calls) => calls.length > 0,
    30_000,
  );
  expect(call?.body.text).toMatch(/^Halyard is not ready: .*503/);
  await closed.close();
});

test('the campaigns of today are started, and those of another day are not', async () => {
  expect((await halyard('POST', '/recipes/welcome/install', { locale: 'en' })).status).toBeLessThan(300);
  const scheduled = async (inMs: number): Promise<string> => {
    const { body } = await halyard('POST', '/campaigns', {
      name: randomUUID(),
      audience: { any: [] },
      channels: ['email'],
      template: 'welcome.day-0',
    });
    const schedule = { type: 'once', at: new Date(Date.now() + inMs).toISOString() };
    const { status, body: answer } = await halyard('POST', `/campaigns/${body.id}/schedule`, schedule);
    expect(status, JSON.stringify(answer)).toBeLessThan(300);
    return body.id;
  };
  const [today, later] = [await scheduled(300_000), await scheduled(3 * 86_400_000)];
  await workflows.bring('ops/daily-campaigns', (file) => {
    const often = withParameters(file, 'At 8 in the morning', everyTwoSeconds);
    return { ...often, settings: { ...often.settings, timezone: zoneOfNoon() } };
  });
  const statusOf = async (id: string) => (await halyard('GET', `/campaigns/${id}`)).body.status;
  await until(
    () => statusOf(today),
    (status) => status === 'completed',
    20_000,
  );
  expect(await statusOf(later)).toBe('scheduled');
});

/** Where it is about noon, so that what is due in five minutes is due today, whenever the test runs. */
function zoneOfNoon(): string {
  const east = 12 - new Date().getUTCHours();
  return east === 0 ? 'Etc/GMT' : `Etc/GMT${east > 0 ? '-' : '+'}${Math.abs(east)}`;
}

test('contacts, flows and templates are kept as files, each whole', async () => {
  const email = `${randomUUID()}@example.com`;
  await halyard('POST', '/contacts', { email });
  await workflows.bring('ops/export', (file) =>
    withParameters(
      withParameters(file, 'Settings', settings({ folder: scene.files })),
      'At 3 in the night',
      everyTwoSeconds,
    ),
  );
  const names = await until(
    () => readdirSync(scene.files),
    (found) => found.length === 3,
    20_000,
  );
  expect(names.map((name) => name.replace(/-\d{4}-\d\d-\d\d/, '')).sort()).toEqual([
    'contacts.ndjson',
    'flows.json',
    'templates.json',
  ]);
  const contacts = readFileSync(
    join(scene.files, names.find((name) => name.endsWith('.ndjson')) ?? ''),
    'utf8',
  );
  const emails = contacts
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).identities[0]?.address);
  expect(emails).toContain(email);
});
