import { createHmac } from 'node:crypto';
import { startHttpVendor } from '@halyard/channels/testing/http-vendor';
import { infobipAnswers } from '@halyard/channels/testing/infobip-answers';
import type { FakeVendor } from '@halyard/channels/testing/provider-conformance';
import { openConnection } from '@halyard/channels/testing/sample-requests';
import { smtpAccount, startMailServer } from '@halyard/channels/testing/smtp-vendor';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

/** Each provider in its place: from the API through the loops to a server that stands in for it, and its report back. */

let server: TestServer;
let admin: TestCaller;
let connection: { id: string; webhook_url: string | null };
const vendors: FakeVendor[] = [];
beforeAll(async () => {
  server = await startTestServer({ loops: true });
  admin = await server.as('admin');
});
afterEach(async () => {
  await admin('DELETE', `/connections/${connection.id}`);
  await Promise.all(vendors.splice(0).map((vendor) => vendor.close()));
});
afterAll(() => server.stop());

async function connect(input: object): Promise<void> {
  const { status, body } = await admin('POST', '/connections', { name: 'The one', ...input });
  expect(status, JSON.stringify(body)).toBe(201);
  connection = body;
}

async function send(channel: 'email' | 'sms', address: string): Promise<string> {
  const { status, body } = await admin('POST', '/messages/send', {
    channels: [channel],
    class: 'transactional',
    content: { ...(channel === 'email' ? { subject: 'Ahoi' } : {}), body: 'Ahoi, see you tomorrow.' },
    to: { [channel]: address },
  });
  expect(status, JSON.stringify(body)).toBe(202);
  return body.id;
}

const until = (id: string, wanted: string) =>
  vi.waitFor(async () => expect((await admin('GET', `/messages/${id}`)).body.status).toBe(wanted), {
    timeout: 20_000,
    interval: 50,
  });

const webhookPath = () => new URL(connection.webhook_url ?? '').pathname;

test('a mail by SMTP arrives in a mail server', async () => {
  const mailServer = await startMailServer();
  vendors.push(mailServer);
  await connect({
    provider: 'smtp',
    settings: {
      from_address: 'hello@school.example',
      from_name: 'Segelschule',
      host: '127.0.0.1',
      port: mailServer.port,
      security: 'none',
      username: smtpAccount.username,
    },
    secrets: { password: smtpAccount.password },
  });
  const id = await send('email', 'anna@example.com');
  await until(id, 'sent');
  expect(mailServer.mails).toHaveLength(1);
  expect(mailServer.mails[0]).toContain(`Message-ID: <${id}@school.example>`);
  expect(mailServer.mails[0]).toContain('To: anna@example.com');
});

test('a mail by Resend is delivered when Resend says so', async () => {
  let sent = { to: [''], tags: [{ name: '', value: '' }] };
  const vendor = await startHttpVendor(
    'accepts',
    {
      ...infobipAnswers,
      test: () => ({ status: 401, body: { name: 'restricted_api_key' } }),
      accepts: (body) => {
        sent = JSON.parse(body);
        return { status: 200, body: { id: 'resend-1' } };
      },
    },
    (baseUrl) => openConnection('resend', ['email'], { baseUrl }),
  );
  vendors.push(vendor);
  await connect({
    provider: 'resend',
    settings: { from_address: 'hello@school.example', base_url: vendor.connection.settings.baseUrl },
    secrets: { api_key: 're_x', webhook_secret: `whsec_${Buffer.from('secret').toString('base64')}` },
  });
  const id = await send('email', 'ben@example.com');
  await until(id, 'sent');
  expect(sent).toMatchObject({ to: ['ben@example.com'], tags: [{ name: 'message_id', value: id }] });
  const body = JSON.stringify({
    type: 'email.delivered',
    created_at: new Date().toISOString(),
    data: { email_id: 'resend-1' },
  });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', 'secret').update(`msg_1.${timestamp}.${body}`).digest('base64');
  const headers = { 'svix-id': 'msg_1', 'svix-timestamp': timestamp, 'svix-signature': `v1,${signature}` };
  const answer = await server.anonymous('POST', webhookPath(), body, {
    'content-type': 'application/json',
    ...headers,
  });
  expect(answer.status).toBe(200);
  await until(id, 'delivered');
});

test('an SMS by Infobip fails when Infobip says so', async () => {
  const vendor = await startHttpVendor('accepts', infobipAnswers, (baseUrl) =>
    openConnection('infobip_sms', ['sms'], { baseUrl }),
  );
  vendors.push(vendor);
  await connect({
    provider: 'infobip_sms',
    settings: { base_url: vendor.connection.settings.baseUrl, sender: 'School' },
    secrets: { api_key: 'k' },
  });
  const id = await send('sms', '+4917612345678');
  await until(id, 'sent');
  expect(vendor.count()).toBe(1);
  const report = {
    messageId: 'x',
    callbackData: id,
    to: '4917612345678',
    status: { groupName: 'EXPIRED', name: 'EXPIRED_EXPIRED' },
  };
  expect((await server.anonymous('POST', webhookPath(), { results: [report] })).status).toBe(200);
  await until(id, 'failed');
});
