import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../e2e/until.ts';
import { proof } from './accounts.ts';
import type { Chat } from './chats.ts';
import { Chats, chatChannels, telegramThrottles } from './chats.ts';
import { Connections, sandbox } from './connections.ts';
import { Brought, everyTwoSeconds, settings } from './setting-up.ts';
import { callHook, halyard, withParameters } from './stage.ts';

/** An item of another service goes out by n8n to Slack, Discord and Telegram, and its status comes back. */

let chats: Chats;
let tenant: string;
const connections = new Connections();
const workflows = new Brought();
beforeAll(async () => {
  chats = await Chats.open();
  tenant = (await halyard('GET', '/organization')).body.id;
  await workflows.bring('outreach/receive-items');
  for (const chat of chatChannels) {
    await connections.add('pull', chat);
    await sandbox(chat, 'pause');
    await workflows.bring(`outreach/pull-${chat}`, (file) => {
      const often = withParameters(file, 'Every minute', everyTwoSeconds);
      return chat === 'slack'
        ? withParameters(often, 'Settings', settings({ slack_api: chats.slackApi }))
        : often;
    });
  }
});
afterAll(async () => {
  await workflows.switchOff();
  for (const chat of chatChannels) await sandbox(chat, 'resume');
  await connections.remove();
  await chats?.close();
});

async function push(chat: Chat, body: string): Promise<string> {
  const id = randomUUID();
  const target = { name: 'Ada', external_ids: { [chat]: '4711' } };
  const item = { id, tenant_id: tenant, user_id: randomUUID(), channel: chat, subject: 'News', body, target };
  const { status, body: answer } = await callHook('halyard/outreach/items', item, proof);
  expect(status, JSON.stringify(answer)).toBe(202);
  return id;
}

/** What Halyard knows of an item once it is through, and of its message. */
async function outcomeOf(id: string) {
  const { body: item } = await until(
    () => halyard('GET', `/outreach/items/${id}`),
    ({ body }) => ['sent', 'failed', 'unknown', 'dead'].includes(body.status),
    30_000,
  );
  return { item, message: (await halyard('GET', `/messages/${item.message_id}/status`)).body };
}

test.each([
  ['slack', '4711', 'Fast &amp; &lt;!channel&gt; *boats_ @everyone'],
  ['discord', undefined, 'Fast & <!channel> *boats_ @\u200beveryone'],
  ['telegram', '4711', 'Fast &amp; &lt;!channel&gt; *boats_ @everyone'],
] as const)('an item for %s arrives once, calls nobody, and is sent', async (chat, to, text) => {
  const name = randomUUID();
  const { item, message } = await outcomeOf(await push(chat, `${name} Fast & <!channel> *boats_ @everyone`));
  expect(chats.posts(name)).toEqual([{ chat, to, text: `${name} ${text}`, taken: true }]);
  expect(item).toMatchObject({ status: 'sent', error: null });
  expect(message).toMatchObject({
    status: 'sent',
    attempts: [{ provider: 'n8n', outcome: 'accepted', provider_message_id: expect.any(String) }],
  });
});

test.each([
  ['slack', 'channel_not_found'],
  ['discord', 'Unknown Webhook'],
] as const)('what %s refuses has failed, in its words, and is not tried again', async (chat, words) => {
  const name = randomUUID();
  chats.refuse(chat, name);
  const { item, message } = await outcomeOf(await push(chat, name));
  expect(item).toMatchObject({ status: 'failed', error: expect.stringContaining(words) });
  expect(message.attempts).toMatchObject([
    { provider: 'n8n', outcome: 'rejected', detail: expect.stringContaining(words) },
  ]);
  expect(chats.posts(name)).toMatchObject([{ taken: false }]);
});

test('Telegram is left alone for as long as it asks, and then written to once', async () => {
  const name = randomUUID();
  chats.refuse('telegram', name, telegramThrottles(4));
  const { item, message } = await outcomeOf(await push('telegram', name));
  expect(item.status).toBe('sent');
  const [first, then] = message.attempts;
  expect(first).toMatchObject({ outcome: 'throttled', detail: expect.stringContaining('retry after 4') });
  expect(then).toMatchObject({ outcome: 'accepted' });
  expect(chats.posts(name)).toMatchObject([{ taken: false }, { taken: true }]);
  const waited = Date.parse(then.started_at) - Date.parse(first.started_at);
  expect(waited).toBeGreaterThanOrEqual(4_000);
  expect(waited).toBeLessThan(30_000);
});

test('nothing that n8n sent is other than the vendors describe it', () => {
  expect(chats.violations).toEqual([]);
});
