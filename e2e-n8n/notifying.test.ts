import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../e2e/until.ts';
import { Chats, chatChannels, telegramThrottles } from './chats.ts';
import { failOnce } from './inputs.ts';
import { Brought, settings } from './setting-up.ts';
import { halyard, withParameters } from './stage.ts';

/** An alert of Halyard is told by n8n in Slack, Discord and Telegram, and what they refuse comes back as a failure. */

interface Failure {
  message: string;
}

let chats: Chats;
const workflows = new Brought();
beforeAll(async () => {
  chats = await Chats.open();
  const more = {
    slack: { slack_api: chats.slackApi, slack_channel: '#alerts' },
    discord: {},
    telegram: { chat_id: '-1001234567890' },
  };
  for (const chat of chatChannels)
    await workflows.bring(`alerts/notify-${chat}`, (file) =>
      withParameters(file, 'Settings', {
        ...settings({ severities: 'error,critical', ...more[chat] }),
        includeOtherFields: true,
      }),
    );
});
afterAll(async () => {
  await workflows.switchOff();
  await chats?.close();
});

/** Makes a rule and what it fires at; resolves with its alert. */
async function fire(name: string): Promise<string> {
  const rule = await failOnce(name);
  const { body } = await until(
    () => halyard('GET', '/alerts'),
    ({ body }) => body.items.some(({ rule_id }: { rule_id: string }) => rule_id === rule),
    30_000,
  );
  return body.items.find(({ rule_id }: { rule_id: string }) => rule_id === rule).id;
}

const seen = (name: string, posts: number) =>
  until(
    () => chats.posts(name),
    (all) => all.length === posts,
    30_000,
  );

test('an alert and its end are told once in each chat, and Halyard knows that they were', async () => {
  const name = `Checkout ${randomUUID().slice(0, 8)} <!channel>`;
  const alert = await fire(name);
  const shown = { slack: 'lt;!channel&gt;', discord: '<!channel>', telegram: 'lt;!channel&gt;' };
  const word = name.split(' ')[1] ?? '';
  for (const { chat, to, text, taken } of await seen(word, 3)) {
    expect({ chat, taken }).toEqual({ chat, taken: true });
    expect(text).toMatch(/^CRITICAL: Checkout /);
    expect(text).toContain(shown[chat]);
    expect(to).toBe({ slack: '#alerts', discord: undefined, telegram: '-1001234567890' }[chat]);
  }
  await halyard('POST', `/alerts/${alert}/resolve`, {});
  const all = await seen(word, 6);
  const overs = all.slice(3);
  expect(overs.map(({ chat }) => chat).sort()).toEqual([...chatChannels].sort());
  for (const { text } of overs) expect(text).toMatch(/^Over: Checkout /);
  expect(chats.violations).toEqual([]);
});

test('what Slack and Discord refuse is a failure in their words; Telegram is told again when it asks for time', async () => {
  const name = `Payment ${randomUUID().slice(0, 8)}`;
  // n8n asks three times, Slack too: to Retry On Fail an answer with `error` in it is no success.
  for (const chat of ['slack', 'discord'] as const) for (const _ of Array(3)) chats.refuse(chat, name);
  chats.refuse('telegram', name, telegramThrottles(1));
  await fire(name);
  const failures = await until(
    async (): Promise<string[]> =>
      (await halyard('GET', '/failures?service=n8n')).body.items.map(({ message }: Failure) => message),
    (messages) => messages.filter((message) => message.includes('Notify')).length === 2,
    30_000,
  );
  expect(failures).toContain('Halyard · Alerts · Notify Slack: Slack refused the alert: channel_not_found');
  expect(failures).toContainEqual(
    expect.stringMatching(/^Halyard · Alerts · Notify Discord: .*Unknown Webhook/),
  );
  const posts = await until(
    () => chats.posts(name),
    (all) => all.some(({ taken }) => taken),
    20_000,
  );
  const of = (chat: string) => posts.filter((post) => post.chat === chat).map(({ taken }) => taken);
  expect({ slack: of('slack'), discord: of('discord'), telegram: of('telegram') }).toEqual({
    slack: [false, false, false],
    discord: [false, false, false],
    telegram: [false, true],
  });
});
