import { createHmac, randomUUID } from 'node:crypto';
import type { MessageId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

const webhookKey = Buffer.from('thirty-two bytes of a secret key');

let server: TestServer;
let admin: TestCaller;
beforeAll(async () => {
  server = await startTestServer();
  admin = await server.as('admin');
});
afterAll(() => server.stop());

async function sentMessage(orgId: OrgId, channel: string): Promise<MessageId> {
  const id = randomIds<MessageId>();
  await server.db.app.forOrg(orgId, (tx) =>
    tx
      .insertInto('messages')
      .values({
        org_id: orgId,
        id,
        source: 'api',
        class: 'transactional',
        channels: [channel],
        channel,
        planned_at: new Date(),
        due_at: new Date(),
        sent_at: new Date(),
        status: 'sent',
      })
      .execute(),
  );
  return id;
}

const statusOf = async (id: MessageId): Promise<string> =>
  (await server.db.owner.query('select status from messages where id = $1', [id])).rows[0]?.status;

/** A connection and the path of its webhook. */
async function connect(input: object): Promise<{ path: string; id: string }> {
  const { status, body } = await admin('POST', '/connections', {
    name: randomUUID(),
    skip_test: true,
    ...input,
  });
  expect(status).toBe(201);
  return { path: new URL(body.webhook_url).pathname, id: body.id };
}

const resend = () =>
  connect({
    provider: 'resend',
    settings: { from_address: 'hello@school.example', base_url: 'http://127.0.0.1:9' },
    secrets: { api_key: 're_x', webhook_secret: `whsec_${webhookKey.toString('base64')}` },
  });

function signed(event: object, key = webhookKey): [string, Record<string, string>] {
  const body = JSON.stringify(event);
  const [id, timestamp] = [`msg_${randomUUID()}`, String(Math.floor(Date.now() / 1000))];
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  const headers = { 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': `v1,${signature}` };
  return [body, { 'content-type': 'application/json', ...headers }];
}

const delivered = (messageId: MessageId) => ({
  type: 'email.delivered',
  created_at: new Date().toISOString(),
  data: { email_id: 'e1', to: ['anna@example.com'], tags: { message_id: messageId } },
});

test('a signed report of Resend moves its message, once, however often it comes', async () => {
  const { path } = await resend();
  const messageId = await sentMessage(server.organization, 'email');
  const [body, headers] = signed(delivered(messageId));
  for (let n = 0; n < 3; n++)
    expect(await server.anonymous('POST', path, body, headers)).toMatchObject({
      status: 200,
      body: { received: 1 },
    });
  expect(await statusOf(messageId)).toBe('delivered');
  const events = await server.db.owner.query(
    `select 1 from events where type = 'message.delivered' and subject_id = $1`,
    [messageId],
  );
  expect(events.rowCount).toBe(1);
});

test('a report that is not signed, or signed by someone else, changes nothing', async () => {
  const { path } = await resend();
  const messageId = await sentMessage(server.organization, 'email');
  const [body, headers] = signed(delivered(messageId), Buffer.from('another key'));
  for (const given of [headers, { 'content-type': 'application/json' }])
    expect(await server.anonymous('POST', path, body, given)).toMatchObject({
      status: 401,
      body: { code: 'invalid_signature' },
    });
  expect(await statusOf(messageId)).toBe('sent');
});

test('a token that names nothing is not found', async () => {
  for (const token of ['x'.repeat(32), 'short', '..%2f..'])
    expect((await server.anonymous('POST', `/hooks/providers/${token}`, {})).status).toBe(404);
});

test('a report cannot touch another organization’s message', async () => {
  const { path } = await resend();
  const other = await server.db.organization('Another school');
  const messageId = await sentMessage(other, 'email');
  const [body, headers] = signed(delivered(messageId));
  expect((await server.anonymous('POST', path, body, headers)).status).toBe(200);
  expect(await statusOf(messageId)).toBe('sent');
});

test('STOP by SMS at Infobip suppresses the number', async () => {
  const { path } = await connect({
    provider: 'infobip_sms',
    settings: { base_url: 'http://127.0.0.1:9', sender: 'School' },
    secrets: { api_key: 'k' },
  });
  const contact = await admin('POST', '/contacts', {
    first_name: 'Anna',
    identities: [{ kind: 'phone', address: '+4917612345678' }],
  });
  expect(contact.status).toBe(201);
  const inbound = {
    results: [
      { messageId: '1', from: '4917612345678', text: 'Stop', receivedAt: '2026-05-01T08:59:00.000+0000' },
    ],
  };
  expect(await server.anonymous('POST', path, inbound)).toMatchObject({ status: 200, body: { received: 1 } });
  const { rows } = await server.db.owner.query(
    'select channel, reason, address from suppressions where org_id = $1',
    [server.organization],
  );
  expect(rows).toContainEqual({ channel: 'sms', reason: 'stop', address: '+4917612345678' });
});
