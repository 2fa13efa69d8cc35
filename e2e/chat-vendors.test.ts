import { randomUUID } from 'node:crypto';
import type { TestCaller, TestServer } from '@halyard/api/testing/test-server';
import { startTestServer } from '@halyard/api/testing/test-server';
import { violations } from '@halyard/channels/testing/vendor-schema';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChatVendor } from './chat-vendors.js';
import { startDiscord, startSlack, startTelegram } from './chat-vendors.js';
import { until } from './until.js';
import type { ReceivedCall } from './vendor.js';

/** Messages through HTTP servers that answer as Slack, Discord and Telegram do, and what people write back. */

let server: TestServer;
let slack: ChatVendor;
let discord: ChatVendor;
let telegram: ChatVendor;
let api: TestCaller;
let slackBot: string;
let botHook: string;

beforeAll(async () => {
  [server, slack, discord, telegram] = await Promise.all([
    startTestServer({ loops: true, settings: { PUBLIC_URL: 'https://halyard.example' } }),
    startSlack(),
    startDiscord(),
    startTelegram(),
  ]);
  api = await server.apiKey();
  const connect = async (input: object) => {
    const { body, status } = await api('POST', '/connections', input);
    expect(status, JSON.stringify(body)).toBe(201);
    expect(JSON.stringify(body)).not.toMatch(/s3cr3t/);
    return body;
  };
  slackBot = (
    await connect({
      provider: 'slack_bot',
      name: 'Slack',
      settings: { base_url: `${slack.url}/api`, default_to: '#harbour' },
      secrets: { bot_token: 'xoxb-1-s3cr3t' },
    })
  ).id;
  await connect({
    provider: 'slack_webhook',
    name: 'Crew',
    settings: { posts_to: '#crew' },
    secrets: { webhook_url: `${slack.url}/services/T1/B1/s3cr3t` },
    priority: 200,
  });
  await connect({
    provider: 'discord_webhook',
    name: 'Discord',
    settings: { posts_to: '#crew' },
    secrets: { webhook_url: `${discord.url}/api/webhooks/1357924680/s3cr3t` },
  });
  const bot = await connect({
    provider: 'telegram_bot',
    name: 'Telegram',
    settings: { base_url: telegram.url, receive: true },
    secrets: { bot_token: '110201543:AAHdqTcvCH1vGWJs3cr3t' },
  });
  await connect({ provider: 'sandbox', name: 'Mail', channels: ['email'], settings: {}, secrets: {} });
  botHook = new URL(bot.webhook_url).pathname;
});
afterAll(async () => {
  await server?.stop();
  await Promise.all([slack?.close(), discord?.close(), telegram?.close()]);
});

const reaches = (id: string, status: string) =>
  until(
    async () => (await api('GET', `/messages/${id}`)).body,
    (seen) => seen.status === status,
  );

async function send(message: object): Promise<string> {
  const { body, status } = await api('POST', '/messages/send', { class: 'transactional', ...message });
  expect(status, JSON.stringify(body)).toBe(202);
  return body.id;
}

/** What the vendor's description has against the call; Halyard's own address of it does not count. */
const wrongWith = (vendor: 'slack' | 'discord' | 'telegram', call: ReceivedCall | undefined) =>
  violations(vendor, {
    method: 'POST',
    url: new URL(call?.path ?? '', 'https://vendor.example').href,
    headers: {},
    body: call?.body,
  });

test('outreach to nobody in particular is posted where the bot posts by default', async () => {
  const item = {
    id: randomUUID(),
    tenant_id: server.organization,
    user_id: randomUUID(),
    channel: 'slack',
    subject: 'Neu',
    body: 'Törn <!channel> & mehr',
    target: { external_ids: {} },
  };
  const { status, body } = await api('POST', '/outreach/items', item);
  expect(status, JSON.stringify(body)).toBe(202);
  const state = await until(
    async () => (await api('GET', `/outreach/items/${item.id}`)).body,
    (seen) => seen.status === 'sent',
  );
  expect(await reaches(state.message_id, 'sent')).toMatchObject({ address: '#harbour', channel: 'slack' });
  const call = slack.posts().at(-1);
  expect(call?.headers.authorization).toBe('Bearer xoxb-1-s3cr3t');
  expect(call?.body).toMatchObject({ channel: '#harbour', text: 'Törn &lt;!channel&gt; &amp; mehr' });
  expect(wrongWith('slack', call)).toEqual([]);
});

test('what is for the place of a webhook goes by it, and a token that Slack takes back pauses its bot', async () => {
  const toCrew = { to: { slack: '#crew' }, channels: ['slack'], content: { body: 'Alle an Deck' } };
  await reaches(await send(toCrew), 'sent');
  expect(slack.posts().at(-1)?.path).toBe('/services/T1/B1/s3cr3t');
  expect(wrongWith('slack', slack.posts().at(-1))).toEqual([]);

  slack.next.push({ status: 200, body: { ok: false, error: 'token_revoked' } });
  const toUlf = { to: { slack: 'U024BE91L' }, channels: ['slack'], content: { body: 'Ahoi Ulf' } };
  const id = await send(toUlf);
  const paused = await until(
    async () => (await api('GET', `/connections/${slackBot}`)).body,
    ({ status }) => status === 'paused',
  );
  expect(paused.breaker.reason).toContain('token_revoked');
  expect((await api('GET', `/messages/${id}`)).body.status).not.toBe('sent');
  expect(slack.posts().filter(({ body }) => body.text === 'Ahoi Ulf')).toHaveLength(1);
});

test('Discord’s pause of a fraction of a second is kept, and the message is posted once', async () => {
  const limited = { message: 'You are being rate limited.', retry_after: 0.3, global: false };
  discord.next.push({ status: 429, body: limited });
  const id = await send({
    to: { discord: '#crew' },
    channels: ['discord'],
    content: { body: '*Törn* @everyone' },
  });
  const message = await reaches(id, 'sent');
  expect(message.attempts.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
    'throttled',
    'accepted',
  ]);
  expect(discord.posts()).toHaveLength(2);
  const call = discord.posts().at(-1);
  expect(call?.path).toBe('/api/v10/webhooks/1357924680/s3cr3t?wait=true');
  expect(call?.body).toEqual({ content: '\\*Törn\\* @everyone', allowed_mentions: { parse: [] } });
  expect(wrongWith('discord', call)).toEqual([]);
});

test('a text that Discord would not take is refused before it is sent, with the reason', async () => {
  const before = discord.posts().length;
  const body = 'x'.repeat(2_001);
  const id = await send({ to: { discord: '#crew' }, channels: ['discord'], content: { body } });
  const { decisions } = await reaches(id, 'dead');
  expect(JSON.stringify(decisions)).toContain('discord takes 2000');
  expect(discord.posts()).toHaveLength(before);
});

const toldToTelegram = () => telegram.calls.find(({ path }) => path.endsWith('/setWebhook'))?.body;

let updates = 0;
/** What Telegram brings when somebody writes to the bot. */
const writeToBot = (chat: number, text: string, secret = toldToTelegram().secret_token) =>
  server.anonymous(
    'POST',
    botHook,
    JSON.stringify({
      update_id: ++updates,
      message: { date: Math.floor(Date.now() / 1_000), text, chat: { id: chat, type: 'private' } },
    }),
    { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
  );

test('what people write to the Telegram bot is obeyed when it proves to be from Telegram', async () => {
  expect(toldToTelegram().url).toBe(`https://halyard.example${botHook}`);
  const write = (text: string, secret?: string) => writeToBot(4711, text, secret);
  const suppressed = async () =>
    (await api('GET', '/suppressions')).body.items.map(({ reason }: { reason: string }) => reason);

  expect((await write('/stop', 'guessed')).status).toBe(401);
  expect(await suppressed()).toEqual([]);
  expect((await write('/stop')).status).toBeLessThan(300);
  expect(await suppressed()).toEqual(['stop']);
  await until(
    () => telegram.posts(),
    (posts) => posts.length === 1,
  );
  expect(wrongWith('telegram', telegram.posts().at(-1))).toEqual([]);
  await write('/start');
  expect(await suppressed()).toEqual([]);
  await until(
    () => telegram.posts(),
    (posts) => posts.length === 2,
  );

  const blocked = { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' };
  telegram.next.push({ status: 403, body: blocked });
  const toAnna = { to: { telegram: '4711' }, channels: ['telegram'], content: { body: 'Ahoi' } };
  await reaches(await send(toAnna), 'failed');
  expect(await suppressed()).toEqual(['invalid']);
  await reaches(await send(toAnna), 'skipped');
  await write('/start');
  expect(await suppressed()).toEqual([]);
  await reaches(await send(toAnna), 'sent');
});

test('a contact who follows their link to the bot is reached there from then on', async () => {
  const mia = (await api('POST', '/contacts', { first_name: 'Mia', email: 'mia@example.com' })).body;
  const invitation = await send({
    contact_id: mia.id,
    channels: ['email'],
    content: { subject: 'Telegram', body: 'https://t.me/haffwind_bot?start={{ telegramStart }}' },
  });
  const { text } = (await reaches(invitation, 'delivered')).payload;
  const [, start] = /https:\/\/t\.me\/haffwind_bot\?start=([\w-]+)/.exec(text) ?? [];
  expect(start).toBe((await api('GET', `/contacts/${mia.id}/telegram-start`)).body.start);

  await writeToBot(815, `/start ${start}`);
  const { identities } = (await api('GET', `/contacts/${mia.id}`)).body;
  expect(identities).toContainEqual(expect.objectContaining({ kind: 'telegram', address: '815' }));
  const reminder = { contact_id: mia.id, channels: ['telegram'], content: { body: 'Morgen geht es los' } };
  await reaches(await send(reminder), 'sent');
  // The answer to their first word goes by a lane of its own.
  const toThem = { chat_id: '815', text: 'Morgen geht es los' };
  expect(telegram.posts().map(({ body }) => body)).toContainEqual(expect.objectContaining(toThem));
});
