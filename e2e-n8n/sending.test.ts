import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../e2e/until.ts';
import { proof, smtpAccount } from './accounts.ts';
import { Chats, chatChannels } from './chats.ts';
import { Connections } from './connections.ts';
import { Mailbox } from './mailbox.ts';
import { Brought, everyTwoSeconds, settings } from './setting-up.ts';
import { callHook, halyard, withParameters } from './stage.ts';

/** n8n sends by its own nodes what Halyard lets it, and says what became of it. */

let mailbox: Mailbox;
let chats: Chats;
const connections = new Connections();
const workflows = new Brought();
beforeAll(async () => {
  mailbox = await Mailbox.open();
  chats = await Chats.open();
  await smtpAccount(mailbox.port);
  await connections.add('pull', 'email');
  for (const chat of chatChannels) {
    await connections.add('push', chat, `/webhook/halyard/deliver/${chat}`);
    await workflows.bring(`outreach/deliver-${chat}`, (file) =>
      chat === 'slack' ? withParameters(file, 'Settings', settings({ slack_api: chats.slackApi })) : file,
    );
  }
  await workflows.bring('outreach/pull-email', (file) =>
    withParameters(file, 'Every minute', everyTwoSeconds),
  );
  await workflows.bring('outreach/ask-before-sending');
});
afterAll(async () => {
  await workflows.switchOff();
  await connections.remove();
  await Promise.all([mailbox?.close(), chats?.close()]);
});

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

test.each([
  ['telegram', 'Fast &amp; &lt;furious&gt; *boats_', /^\d+$/],
  ['discord', 'Fast & <furious> *boats_', /^14000/],
  ['slack', 'Fast &amp; &lt;furious&gt; *boats_', /^1503435956\./],
] as const)(
  'what is handed over goes out on %s as it was written, and its outcome is reported',
  async (chat, text, id) => {
    const name = randomUUID();
    const message = await send(chat, '4711', `${name} Fast & <furious> *boats_`);
    expect(await reported(message)).toMatchObject({
      status: 'sent',
      attempts: [{ outcome: 'accepted', provider: 'n8n', provider_message_id: expect.stringMatching(id) }],
    });
    expect(chats.posts(name)).toMatchObject([{ chat, text: `${name} ${text}`, taken: true }]);
  },
);

test.each([
  ['telegram', 'chat not found'],
  ['discord', 'Unknown Webhook'],
  ['slack', 'channel_not_found'],
] as const)('a refusal of %s is reported in its own words, and is no success', async (chat, words) => {
  const name = randomUUID();
  chats.refuse(chat, name);
  const message = await send(chat, '4711', name);
  expect((await reported(message)).attempts[0]).toMatchObject({
    provider: 'n8n',
    outcome: 'rejected',
    detail: expect.stringContaining(words),
  });
});

test('nobody but Halyard hands over', async () => {
  const forged = {
    type: 'message.send',
    attempt_id: randomUUID(),
    payload: { channel: 'telegram', to: '1', text: 'forged' },
  };
  const signed = { 'webhook-id': randomUUID(), 'webhook-timestamp': `${Math.floor(Date.now() / 1000)}` };
  const answer = await callHook('halyard/deliver/telegram', forged, {
    ...signed,
    'webhook-signature': 'v1,AAAA',
  });
  expect(answer.status).toBe(401);
  expect((await callHook('halyard/deliver/telegram', forged)).status).toBe(401);
  expect(chats.posts('forged')).toEqual([]);
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
