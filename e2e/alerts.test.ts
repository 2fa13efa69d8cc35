import type { TestCaller, TestServer } from '@halyard/api/testing/test-server';
import { startTestServer } from '@halyard/api/testing/test-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './until.js';
import type { Vendor } from './vendor.js';
import { startInfobip } from './vendor.js';
import type { WorkerProcess } from './worker-process.js';
import { startWorker } from './worker-process.js';

/** A provider that cannot be reached: people are told once, one of them takes care, and it is over when it answers again. */

let server: TestServer;
let api: TestCaller;
let vendor: Vendor;
let worker: WorkerProcess;
const settings = { HALYARD_ALERT_SECONDS: '1', HALYARD_ALLOW_PRIVATE_ADDRESSES: 'true' };

beforeAll(async () => {
  vendor = await startInfobip();
  server = await startTestServer({ loops: true, settings });
  worker = startWorker(server.db.url, settings); // a second one that evaluates as well
  api = await server.apiKey();
  await made('/connections', {
    provider: 'infobip_sms',
    name: 'Infobip',
    settings: { base_url: vendor.url, sender: 'HaffSegeln' },
    secrets: { api_key: 'ib_test' },
  });
});
afterAll(async () => {
  await worker?.kill();
  await server?.stop();
  await vendor?.close();
});

async function made(path: string, body: object): Promise<{ id: string }> {
  const answer = await api('POST', path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body;
}

const alerts = async () => (await api('GET', '/alerts')).body.items;
const inbox = async () => (await api('GET', '/sandbox/inbox')).body.items;

test('a provider fails: one alert, one notification, acknowledged, and over when it answers again', async () => {
  const sandbox = await made('/connections', {
    provider: 'sandbox',
    name: 'Sandbox',
    channels: ['email'],
    settings: {},
    secrets: {},
  });
  const rule = { name: 'A provider fails', metric: 'breaker_open', threshold: 1, severity: 'critical' };
  await made('/alert-rules', { ...rule, resolve_minutes: 0 });
  await made('/alert-routes', {
    name: 'Ops',
    severities: ['critical'],
    target: { type: 'message', channel: 'email', to: 'ops@haffwind.example', connection_id: sandbox.id },
    tell_resolved: false,
  });

  const { port } = new URL(vendor.url);
  await vendor.close();
  for (let n = 0; n < 6; n++)
    await made('/messages/send', {
      to: { sms: `+4915112345${n}78` },
      channels: ['sms'],
      class: 'transactional',
      content: { body: 'Ahoi' },
    });
  const [fired] = await until(alerts, (items) => items.length > 0, 30_000);
  expect(fired).toMatchObject({ status: 'firing', scope_name: 'Infobip', severity: 'critical' });
  const [mail] = await until(inbox, (items) => items.length > 0);
  expect(mail).toMatchObject({
    recipient: 'ops@haffwind.example',
    subject: '[Critical] A provider fails – Infobip: firing',
  });

  const acknowledged = await api('POST', `/alerts/${fired.id}/acknowledge`, { note: 'I call them.' });
  expect(acknowledged.body.status).toBe('acknowledged');

  vendor = await startInfobip(Number(port));
  await until(alerts, ([one]) => one?.status === 'resolved', 40_000);
  expect(await alerts()).toHaveLength(1);
  expect(await inbox()).toHaveLength(1);
  const { entries } = (await api('GET', `/alerts/${fired.id}`)).body;
  expect(entries.map(({ kind }: { kind: string }) => kind)).toEqual([
    'fired',
    'notified',
    'acknowledged',
    'resolved',
  ]);
  expect(entries[1].message_id).toBe(mail.message_id);
}, 90_000);
