import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

let server: TestServer;
let admin: TestCaller;
let n8n: Server;
let healthy = true;
beforeAll(async () => {
  n8n = createServer((request, response) => {
    const isWell = request.url === '/healthz' && healthy;
    response.writeHead(isWell ? 200 : 503, { 'content-type': 'application/json' }).end('{"status":"ok"}');
  });
  await new Promise<void>((resolve) => n8n.listen(0, '127.0.0.1', resolve));
  server = await startTestServer({ loops: true, settings: { HALYARD_ALERT_SECONDS: '1' } });
  admin = await server.as('admin');
  const sandbox = { provider: 'sandbox', name: 'Sandbox', settings: {}, secrets: {} };
  expect((await admin('POST', '/connections', sandbox)).status).toBe(201);
});
afterAll(async () => {
  n8n.closeAllConnections();
  n8n.close();
  await server.stop();
});

const until = <T>(look: () => Promise<T>, expected: (seen: T) => void) =>
  vi.waitFor(async () => expected(await look()), { timeout: 15_000, interval: 50 });
const failures = async (query = '') => (await admin('GET', `/failures${query}`)).body.items;

test('errors of another service are one failure each, counted, and open again after they were resolved', async () => {
  const editor = await server.apiKey(['alerts:write']);
  const report = (message: string, more: object = {}) =>
    editor('POST', '/alerts/errors', { service: 'checkout', message, ...more });
  const first = await report('Order 4711 failed: "card declined"', { occurred_at: '2026-05-01T10:00:00Z' });
  expect(first).toMatchObject({ status: 202, body: { count: 1, severity: 'error', status: 'open' } });
  const again = await report('Order 4712 failed: "no funds"', { details: { order: 4712 } });
  expect(again.body).toMatchObject({ id: first.body.id, count: 2, details: { order: 4712 } });
  const late = await report('Order 1 failed: "late"', { occurred_at: '2026-04-01T10:00:00Z' });
  expect(late.body).toMatchObject({
    count: 3,
    first_at: '2026-04-01T10:00:00.000Z',
    details: { order: 4712 },
  });
  expect((await report('Disk is full', { severity: 'critical' })).body.id).not.toBe(first.body.id);

  const resolved = await admin('POST', `/failures/${first.body.id}/resolve`);
  expect(resolved.body).toMatchObject({ status: 'resolved', resolved_by: expect.any(String) });
  expect((await failures('?status=open')).map(({ message }: { message: string }) => message)).toEqual([
    'Disk is full',
  ]);
  const back = await report('Order 9 failed: "x"');
  expect(back.body).toMatchObject({ count: 4, status: 'open', resolved_at: null });
  expect(await failures('?severity=critical&service=checkout')).toHaveLength(1);
  expect(await failures('?service=other')).toEqual([]);
});

test('an error that comes in becomes an alert by its rule', async () => {
  const rule = { name: 'Errors', metric: 'failures', threshold: 1, filter: { service: 'ledger' } };
  const made = await admin('POST', '/alert-rules', rule);
  expect(made).toMatchObject({ status: 201, body: { state: { status: 'waiting', open_alerts: 0 } } });
  await until(
    async () => (await admin('GET', `/alert-rules/${made.body.id}`)).body.state,
    (state) => expect(state).toMatchObject({ status: 'ok', value: 0 }),
  );
  await admin('POST', '/alerts/errors', { service: 'ledger', message: 'Sums differ' });
  const open = async () => (await admin('GET', `/alerts?status=open&rule_id=${made.body.id}`)).body.items;
  await until(open, (items) => expect(items).toMatchObject([{ status: 'firing', value: 1 }]));
  const [alert] = await open();

  const until5 = new Date(Date.now() + 300_000).toISOString();
  const silenced = await admin('POST', `/alerts/${alert.id}/silence`, { until: until5 });
  expect(silenced.body).toMatchObject({ status: 'silenced', silenced_until: until5 });
  const past = await admin('POST', `/alerts/${alert.id}/silence`, { until: '2020-01-01T00:00:00Z' });
  expect(past).toMatchObject({ status: 409, body: { code: 'invalid_state' } });
  const resolved = await admin('POST', `/alerts/${alert.id}/resolve`, { note: 'Mended.' });
  expect(resolved.body).toMatchObject({ status: 'resolved', resolved_by: expect.any(String) });
  expect(resolved.body.entries.at(-1)).toMatchObject({ kind: 'resolved', note: 'Mended.' });
  expect((await admin('GET', '/alerts/counts')).body).toMatchObject({ open: [], unmeasured_rules: 0 });
});

test('default rules are installed once, however often they are asked for', async () => {
  const offered = (await admin('GET', '/alert-rules/defaults')).body.items;
  expect(offered.every(({ installed }: { installed: boolean }) => !installed)).toBe(true);
  const one = await admin('POST', '/alert-rules/defaults', { keys: ['bounces'] });
  expect(one.body.items).toMatchObject([{ key: 'bounces', metric: 'bounce_rate' }]);
  const rest = await admin('POST', '/alert-rules/defaults');
  expect(rest.body.items).toHaveLength(offered.length - 1);
  expect((await admin('POST', '/alert-rules/defaults')).body.items).toEqual([]);
  const unknown = await admin('POST', '/alert-rules/defaults', { keys: ['nonsense'] });
  expect(unknown).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
});

test('a rule that makes no sense is refused, and says where', async () => {
  const refused = async (rule: object) =>
    (await admin('POST', '/alert-rules', { name: 'x', threshold: 5, ...rule })).body.errors.map(
      ({ path }: { path: string }) => path,
    );
  expect(await refused({ metric: 'event_count' })).toEqual(['body.filter.event_type']);
  expect(await refused({ metric: 'lateness', filter: { channel: 'sms' } })).toEqual(['body.filter.channel']);
  expect(await refused({ metric: 'lateness', resolve_threshold: 6 })).toEqual(['body.resolve_threshold']);
});

test('a route shows by a test that it works, and names what does not exist', async () => {
  const input = { name: 'Ops', severities: ['critical'] };
  const wrong = await admin('POST', '/alert-routes', {
    ...input,
    target: { type: 'endpoint', endpoint_id: '00000000-0000-7000-8000-000000000000' },
  });
  expect(wrong).toMatchObject({ status: 422, body: { errors: [{ path: 'body.target.endpoint_id' }] } });
  const nowhere = await admin('POST', '/alert-routes', {
    ...input,
    target: { type: 'message', channel: 'slack' },
  });
  expect(nowhere).toMatchObject({ status: 422, body: { errors: [{ path: 'body.target.to' }] } });
  const { body: slack } = await admin('POST', '/connections', {
    provider: 'slack_webhook',
    name: 'Slack',
    settings: { posts_to: '#alerts' },
    secrets: { webhook_url: 'https://hooks.slack.com/services/T000/B000/XXXX' },
    skip_test: true,
  });
  const toSlack = { type: 'message', channel: 'slack', connection_id: slack.id };
  expect((await admin('POST', '/alert-routes', { ...input, target: toSlack })).status).toBe(201);
  const byMail = await admin('POST', '/alert-routes', { ...input, target: { ...toSlack, channel: 'email' } });
  expect(byMail).toMatchObject({ status: 422, body: { errors: [{ path: 'body.target.channel' }] } });
  const target = { type: 'message', channel: 'email', to: 'Ops@Example.ORG' };
  const { body } = await admin('POST', '/alert-routes', { ...input, target });
  expect(body.target.to).toBe('ops@example.org');
  const tested = await admin('POST', `/alert-routes/${body.id}/test`);
  expect(tested.status).toBe(202);
  await until(
    async () => (await admin('GET', `/sandbox/inbox?message_id=${tested.body.message_id}`)).body.items,
    (items) => expect(items).toMatchObject([{ recipient: 'ops@example.org', subject: 'Test' }]),
  );
});

test('an n8n is asked for its health, and its silence is an alert', async () => {
  const { port } = n8n.address() as AddressInfo;
  const made = await admin('POST', '/connections', {
    provider: 'n8n',
    name: 'Glue',
    settings: { base_url: `http://127.0.0.1:${port}` },
    secrets: { signing_secret: `whsec_${Buffer.alloc(32, 1).toString('base64')}` },
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const rule = { name: 'n8n', metric: 'n8n_health', threshold: 2, resolve_threshold: 1, resolve_minutes: 0 };
  await admin('POST', '/alert-rules', rule);
  const health = async () => (await admin('GET', '/alerts/health')).body.items;
  await until(health, (items) => expect(items).toMatchObject([{ name: 'Glue', healthy: true, failures: 0 }]));
  healthy = false;
  const alerts = async () => (await admin('GET', '/alerts?metric=n8n_health')).body.items;
  await until(alerts, (items) => expect(items).toMatchObject([{ status: 'firing', scope_name: 'Glue' }]));
  expect(await health()).toMatchObject([{ healthy: false, detail: 'It answered 503.' }]);
  healthy = true;
  await until(alerts, (items) => expect(items).toMatchObject([{ status: 'resolved' }]));
});
