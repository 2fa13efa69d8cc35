import { TelegramBotSettings } from '@halyard/contracts/connections/chat-settings';
import type { OpenConnection } from '@halyard/core/delivery/provider';
import { Agent } from 'undici';
import { afterAll, describe, expect, test } from 'vitest';
import { startHttpVendor } from '../testing/http-vendor.js';
import { openConnection } from '../testing/sample-requests.js';
import { violations } from '../testing/vendor-schema.js';
import { TelegramBotProvider } from './bot.js';
import { secretTokenOf } from './updates.js';

const agent = new Agent();
afterAll(() => agent.destroy());
const provider = new TelegramBotProvider(agent);

const connectionTo = (baseUrl: string, more: Partial<OpenConnection> = {}, receive = true) => ({
  ...openConnection('telegram_bot', ['telegram'], TelegramBotSettings.parse({ base_url: baseUrl, receive }), {
    bot_token: '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw',
  }),
  ...more,
});

/** What was asked of Telegram during the test of a connection, by method. */
async function askedFor(
  given: { receive: boolean; reportUrl?: string },
  webhook = { url: 'https://n8n.example/webhook/1' },
) {
  const asked: Record<string, unknown> = {};
  const vendor = await startHttpVendor(
    'accepts',
    {
      test: () => ({ status: 404, body: null }),
      rejects: () => ({ status: 404, body: null }),
      throttles: () => ({ status: 404, headers: {}, body: null }),
      accepts: (sent, request) => {
        const method = request.url?.split('/').at(-1) ?? '';
        const body = JSON.parse(sent);
        asked[method] = body;
        const call = { method: 'POST', url: `https://api.telegram.org${request.url}`, headers: {}, body };
        expect(violations('telegram', { ...call, method: 'POST' })).toEqual([]);
        return { status: 200, body: { ok: true, result: method === 'getWebhookInfo' ? webhook : true } };
      },
    },
    (baseUrl) => {
      const { reportUrl: _, ...connection } = connectionTo(baseUrl, {}, given.receive);
      return { ...connection, ...(given.reportUrl ? { reportUrl: given.reportUrl } : {}) };
    },
  );
  try {
    const verdict = await provider.test(vendor.connection, AbortSignal.timeout(5_000));
    return { verdict, asked, secret: secretTokenOf(vendor.connection) };
  } finally {
    await vendor.close();
  }
}

describe('the test of a connection', () => {
  const reportUrl = 'https://halyard.example/hooks/providers/token';

  test('tells Telegram where to bring what people write, and how to prove itself', async () => {
    const { verdict, asked, secret } = await askedFor({ receive: true, reportUrl });
    expect(verdict).toEqual({ ok: true });
    expect(asked.setWebhook).toEqual({ url: reportUrl, secret_token: secret, allowed_updates: ['message'] });
  });

  test('fails with the reason where Telegram could not reach this server', async () => {
    for (const given of [{ receive: true }, { receive: true, reportUrl: 'http://127.0.0.1/hooks' }]) {
      const { verdict, asked } = await askedFor(given);
      expect(verdict).toEqual({ ok: false, reason: expect.stringContaining('PUBLIC_URL') });
      expect(asked).not.toHaveProperty('setWebhook');
    }
  });

  test('takes back an address of ours, and leaves alone what another service has set', async () => {
    const ours = await askedFor({ receive: false, reportUrl }, { url: reportUrl });
    expect(Object.keys(ours.asked)).toEqual(['getMe', 'getWebhookInfo', 'deleteWebhook']);
    const others = await askedFor({ receive: false, reportUrl });
    expect(Object.keys(others.asked)).toEqual(['getMe', 'getWebhookInfo']);
    expect(others.verdict).toEqual({ ok: true });
  });
});

describe('updates', () => {
  const connection = connectionTo('https://api.telegram.org');
  const now = new Date('2026-05-01T09:00:00Z');
  const written = {
    update_id: 10,
    message: { message_id: 5, date: 1777626000, chat: { id: 4711, type: 'private' }, text: 'Ja, gern!' },
  };
  const from = (update: unknown, secret = secretTokenOf(connection)) => ({
    headers: { 'x-telegram-bot-api-secret-token': secret },
    rawBody: Buffer.from(JSON.stringify(update)),
    query: {},
    now,
  });

  test('what a person wrote to the bot is reported with their chat', async () => {
    expect(await provider.receive(connection, from(written))).toEqual([
      {
        key: 'update:10',
        type: 'inbound',
        occurredAt: new Date('2026-05-01T09:00:00Z'),
        channel: 'telegram',
        address: '4711',
        text: 'Ja, gern!',
        raw: written.message,
      },
    ]);
  });

  test('who comes by a link begins with its parameter; other texts have none', async () => {
    const reported = async (text: string) =>
      (await provider.receive(connection, from({ ...written, message: { ...written.message, text } })))?.[0];
    expect(await reported('/start Fw9_-x')).toMatchObject({ text: '/start', startedWith: 'Fw9_-x' });
    for (const text of ['/start', '/start a b', `/start ${'x'.repeat(65)}`, 'I /start x']) {
      const report = await reported(text);
      expect(report).toMatchObject({ text });
      expect(report).not.toHaveProperty('startedWith');
    }
  });

  test('without the secret of this connection nothing is believed', async () => {
    const another = secretTokenOf(connectionTo('https://api.telegram.org'));
    for (const secret of ['', 'guessed', another])
      expect(await provider.receive(connection, from(written, secret))).toBeNull();
    expect(await provider.receive(connection, { ...from(written), headers: {} })).toBeNull();
  });

  test('groups, other updates and nonsense give nothing, nor does a bot whose replies are not taken', async () => {
    const group = { ...written, message: { ...written.message, chat: { id: -1001, type: 'supergroup' } } };
    for (const update of [group, { update_id: 11, edited_message: written.message }, null, 'x', []])
      expect(await provider.receive(connection, from(update))).toEqual([]);
    const deaf = connectionTo('https://api.telegram.org', { id: connection.id }, false);
    expect(await provider.receive(deaf, from(written))).toEqual([]);
  });
});
