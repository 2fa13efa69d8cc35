import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { N8nSettings } from '@halyard/contracts/connections/provider-settings';
import { Agent } from 'undici';
import { afterAll, describe, expect, test } from 'vitest';
import { safeAgent } from '../http/safe-agent.js';
import type { VendorAnswers } from '../testing/http-vendor.js';
import { startHttpVendor } from '../testing/http-vendor.js';
import { providerConformance } from '../testing/provider-conformance.js';
import { email, openConnection, sendRequest } from '../testing/sample-requests.js';
import { N8nProvider } from './n8n.js';

const key = Buffer.from('twenty-four bytes or more');
const signingSecret = `whsec_${key.toString('base64')}`;
const now = new Date('2026-05-01T09:00:00Z');
const agent = new Agent();
afterAll(() => agent.destroy());
const open = (dispatcher = agent) =>
  new N8nProvider(dispatcher, (_, attemptId) => `https://halyard.example/hooks/attempts/${attemptId}`, {
    now: () => now,
  });

const connectionTo = (baseUrl: string) =>
  openConnection(
    'n8n',
    ['email'],
    N8nSettings.parse({
      base_url: baseUrl,
      path: '/webhook/halyard-send',
      from_address: 'a@example.com',
      report_within_seconds: 600,
    }),
    { signing_secret: signingSecret },
  );

const answers: VendorAnswers = {
  test: () => ({ status: 200, body: { status: 'ok' } }),
  accepts: () => ({ status: 200, body: { outcome: 'sent', provider_message_id: '<1@smtp.example>' } }),
  rejects: () => ({
    status: 403,
    body: { code: 403, message: `Authorization data is wrong! ${signingSecret}` },
  }),
  throttles: () => ({ status: 429, headers: { 'retry-after': '7' }, body: { message: 'Slow down' } }),
};

providerConformance({
  name: 'n8n',
  open,
  request: () => sendRequest(email),
  start: (mode) => startHttpVendor(mode, answers, connectionTo),
  retryAfterMs: 7_000,
  secret: signingSecret,
  cannot: {
    dribbles: 'a 2xx says that the workflow has the message, whatever follows it',
    talks_nonsense: 'a workflow may answer whatever it likes, its 2xx says that it has the message',
  },
});

/** What n8n answers, and what it was asked. */
async function answering(status: number, body: unknown, provider = open()) {
  const asked: { url: string; headers: Record<string, unknown>; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    asked.push({
      url: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    });
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const request = sendRequest(email);
  const connection = connectionTo(`http://127.0.0.1:${port}`);
  try {
    const outcome = await provider.send(connection, request, AbortSignal.timeout(5_000));
    return { outcome, asked, request, connection };
  } finally {
    server.close();
  }
}

describe('a hand-over', () => {
  test('is taken over until its outcome is due', async () => {
    const { outcome } = await answering(200, { message: 'Workflow was started' });
    expect(outcome).toEqual({ kind: 'handed_over', reportBy: new Date('2026-05-01T09:10:00Z') });
  });

  test('says what to send, and where to report', async () => {
    const { asked, request, connection } = await answering(200, {});
    expect(asked).toHaveLength(1);
    expect(asked[0]?.url).toBe('/webhook/halyard-send');
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
      type: 'message.send',
      attempt_id: request.attemptId,
      message_id: request.messageId,
      organization_id: request.orgId,
      connection_id: connection.id,
      idempotency_key: request.idempotencyKey,
      report_url: `https://halyard.example/hooks/attempts/${request.attemptId}`,
      report_by: '2026-05-01T09:10:00.000Z',
      payload: email,
    });
  });

  test('is signed by Standard Webhooks over the bytes as they are sent', async () => {
    const { asked, request } = await answering(200, {});
    const { headers, body } = asked[0] ?? { headers: {}, body: '' };
    const timestamp = String(now.getTime() / 1000);
    const signature = createHmac('sha256', key)
      .update(`${request.attemptId}.${timestamp}.${body}`)
      .digest('base64');
    expect(headers).toMatchObject({
      'webhook-id': request.attemptId,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
      'idempotency-key': request.idempotencyKey,
    });
  });
});

describe('answers', () => {
  test('a webhook that is not registered has taken nothing, and what to do is said', async () => {
    const { outcome } = await answering(404, {
      code: 404,
      message: 'The requested webhook "POST halyard-send" is not registered.',
    });
    expect(outcome).toEqual({
      kind: 'failed_before_send',
      code: 'not_registered',
      detail: expect.stringMatching(/not registered.*workflow is active/),
    });
  });

  test.each([500, 502, 503, 504])('%i may have run the workflow', async (status) => {
    const { outcome } = await answering(status, { message: 'Error in workflow' });
    expect(outcome).toMatchObject({ kind: 'unknown', code: `http_${status}` });
  });

  test('a refused signature pauses the connection, another refusal does not', async () => {
    expect((await answering(401, {})).outcome).toMatchObject({ kind: 'rejected', pauseConnection: true });
    expect((await answering(400, {})).outcome).not.toHaveProperty('pauseConnection');
  });

  test.each([
    [{ outcome: 'failed', code: 'EENVELOPE', detail: 'No such user', invalid_address: true }, 'rejected'],
    [{ outcome: 'throttled', retry_after_seconds: 30 }, 'throttled'],
    [{ outcome: 'not_sent' }, 'failed_before_send'],
    [{ outcome: 'lost' }, 'handed_over'],
  ])('a workflow that answers %j', async (body, kind) => {
    expect((await answering(200, body)).outcome).toMatchObject({ kind });
  });
});

test('an address that is not on the public internet is not called, unless that is allowed', async () => {
  const refused = await answering(200, {}, open(safeAgent({ allowPrivate: false })));
  expect(refused.outcome).toMatchObject({ kind: 'failed_before_send', code: 'eblocked' });
  expect(refused.asked).toEqual([]);
  const allowed = await answering(200, {}, open(safeAgent({ allowPrivate: true })));
  expect(allowed.outcome).toMatchObject({ kind: 'handed_over' });
});

test('a server that is not n8n fails the test', async () => {
  const vendor = await startHttpVendor('talks_nonsense', answers, connectionTo);
  const verdict = await open().test(vendor.connection, AbortSignal.timeout(5_000));
  await vendor.close();
  expect(verdict).toEqual({ ok: false, reason: expect.stringContaining('/healthz') });
});
