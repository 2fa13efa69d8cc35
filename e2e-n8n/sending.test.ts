import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../e2e/until.ts';
import type { Vendor } from '../e2e/vendor.ts';
import { startVendor } from '../e2e/vendor.ts';
import { account, proof, smtpAccount } from './accounts.ts';
import { Mailbox } from './mailbox.ts';
import { Brought, everyTwoSeconds, settings } from './setting-up.ts';
import { callHook, halyard, scene, withParameters } from './stage.ts';

/** n8n sends by its own nodes what Halyard lets it, and says what became of it. */

let mailbox: Mailbox;
let chats: Vendor;
const made: string[] = [];

const workflows = new Brought();
beforeAll(async () => {
  mailbox = await Mailbox.open();
  chats = await startVendor(({ path, body }) => answerOf(path, body));
  await Promise.all([
    smtpAccount(mailbox.port),
    account('telegramApi', 'Telegram', { accessToken: '1:a', baseUrl: chats.url }),
    account('discordWebhookApi', 'Discord', { webhookUri: `${chats.url}/discord` }),
    account('slackApi', 'Slack', { accessToken: 'token', signatureSecret: '' }),
  ]);
  await connection('pull', ['email'], {});
  for (const channel of ['telegram', 'discord', 'slack']) {
    await connection('push', [channel], { path: `/webhook/halyard/deliver/${channel}` });
    await workflows.bring(`outreach/deliver-${channel}`, (file) =>
      channel === 'slack' ? withParameters(file, 'Settings', settings({ slack_api: chats.url })) : file,
    );
  }
  await workflows.bring('outreach/pull-email', (file) =>
    withParameters(file, 'Every minute', everyTwoSeconds),
  );
  await workflows.bring('outreach/ask-before-sending');
});
afterAll(async () => {
  await workflows.switchOff();
  for (const id of made) await halyard('DELETE', `/connections/${id}`);
  await Promise.all([mailbox?.close(), chats?.close()]);
});

/** What Telegram, Discord and Slack say to a message; those to `nobody` are refused. */
function answerOf(
  path: string,
  body: { chat_id?: string; channel?: string; content?: string; text?: string },
) {
  const refused = [body?.chat_id, body?.channel].includes('nobody') || body?.content?.includes('nobody');
  if (path.startsWith('/discord'))
    return refused
      ? { status: 404, body: { message: 'Unknown Webhook', code: 10015 } }
      : { status: 200, body: { id: 'd-1' } };
  if (path.endsWith('/chat.postMessage'))
    return {
      status: 200,
      body: refused ? { ok: false, error: 'channel_not_found' } : { ok: true, ts: 's-1' },
    };
  return refused
    ? { status: 400, body: { ok: false, error_code: 400, description: 'Bad Request: chat not found' } }
    : { status: 200, body: { ok: true, result: { message_id: 77 } } };
}

async function connection(mode: string, channels: string[], more: object): Promise<void> {
  const { status, body } = await halyard('POST', '/connections', {
    provider: 'n8n',
    name: `n8n, ${mode}, ${channels}`,
    channels,
    settings: { base_url: scene.n8n.url, mode, from_address: 'hello@sailing-school.example', ...more },
    secrets: { signing_secret: scene.signingSecret },
    priority: 1,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  made.push(body.id);
}

async function send(channel: string, address: string, text: string): Promise<string> {
  const { status, body } = await halyard('POST', '/messages/send', {
    to: { [channel]: address },
    channels: [channel],
    class: 'transactional',
    content: { subject: text, body: text },
  });
  expect(status, JSON.stringify(body)).toBe(202);
  return body.id;
}
const reported = (id: string) =>
  until(
    async () => (await halyard('GET', `/messages/${id}/status`)).body,
    ({ status, attempts }) => status !== 'sending' && Boolean(attempts[0]?.outcome),
    20_000,
  );

test('what is claimed goes out by mail, once, and its outcome is reported', async () => {
  const to = `${randomUUID()}@example.com`;
  const message = await send('email', to, 'The boats are in the water');
  expect(await reported(message)).toMatchObject({
    status: 'sent',
    attempts: [
      { outcome: 'accepted', provider: 'n8n', provider_message_id: expect.stringMatching(/^<.+>$/) },
    ],
  });
  const [mail] = mailbox.to(to);
  expect(mailbox.to(to)).toHaveLength(1);
  expect(mail?.from).toBe('hello@sailing-school.example');
  expect(mail?.source).toContain('Subject: The boats are in the water');
  expect(mail?.source).not.toContain('automatically with n8n');
});

const text = 'Fast & <furious> *boats_';
test.each([
  [
    'telegram',
    () => chats.calls.filter(({ body }) => body?.chat_id === '4711').map(({ body }) => body.text),
    '77',
  ],
  [
    'discord',
    () => chats.calls.filter(({ body }) => body?.content === text).map(({ body }) => body.content),
    'd-1',
  ],
  [
    'slack',
    () => chats.calls.filter(({ body }) => body?.channel === '4711').map(({ body }) => body.text),
    's-1',
  ],
])(
  'what is handed over goes out on %s as it was written, and its outcome is reported',
  async (channel, texts, id) => {
    const message = await send(channel, '4711', text);
    expect(await reported(message)).toMatchObject({
      status: 'sent',
      attempts: [{ outcome: 'accepted', provider: 'n8n', provider_message_id: id }],
    });
    const expected = channel === 'telegram' ? 'Fast &amp; &lt;furious&gt; *boats_' : text;
    expect(texts()).toEqual([expected]);
  },
);

test.each([
  ['telegram', 'chat not found'],
  ['discord', 'Unknown Webhook'],
  ['slack', 'channel_not_found'],
])('a refusal of %s is reported in its own words, and is no success', async (channel, words) => {
  const message = await send(channel, 'nobody', 'To nobody');
  expect((await reported(message)).attempts[0]).toMatchObject({
    provider: 'n8n',
    outcome: 'rejected',
    detail: expect.stringContaining(words),
  });
});

test('nobody but Halyard hands over', async () => {
  const before = chats.calls.length;
  const forged = {
    type: 'message.send',
    attempt_id: randomUUID(),
    payload: { channel: 'telegram', to: '1', text: 'x' },
  };
  const signed = { 'webhook-id': randomUUID(), 'webhook-timestamp': `${Math.floor(Date.now() / 1000)}` };
  const answer = await callHook('halyard/deliver/telegram', forged, {
    ...signed,
    'webhook-signature': 'v1,AAAA',
  });
  expect(answer.status).toBe(401);
  expect((await callHook('halyard/deliver/telegram', forged)).status).toBe(401);
  expect(chats.calls).toHaveLength(before);
});

const announcement = (email: string, more: object = {}) => ({
  key: randomUUID(),
  contact: { email },
  class: 'service',
  subject: 'Spring',
  text: 'The boats are in the water.',
  ...more,
});

test('with a permit n8n writes itself, and Halyard knows of it', async () => {
  const to = `${randomUUID()}@example.com`;
  const told = announcement(to);
  const { status, body } = await callHook('halyard/outreach/announce', told, proof);
  expect({ status, body }).toMatchObject({
    status: 200,
    body: { key: told.key, verdict: 'granted', status: 'sent' },
  });
  expect(mailbox.to(to)).toHaveLength(1);
  expect((await halyard('GET', `/messages/${body.message_id}/status`)).body.status).toBe('sent');
});

test('who opted out is not written to: the permit is refused, with the reason', async () => {
  const email = `${randomUUID()}@example.com`;
  const contact = await halyard('POST', '/contacts', { email });
  await halyard('POST', `/contacts/${contact.body.id}/consents`, { state: 'withdrawn', channel: 'email' });
  const { body } = await callHook(
    'halyard/outreach/announce',
    announcement(email, { class: 'marketing' }),
    proof,
  );
  expect(body).toMatchObject({ verdict: 'refused', reason: expect.any(String) });
  expect(mailbox.to(email)).toEqual([]);
});
