import { TelegramBotSettings } from '@halyard/contracts/connections/chat-settings';
import { Agent } from 'undici';
import { afterAll, describe, expect, test } from 'vitest';
import type { VendorAnswers } from '../testing/http-vendor.js';
import { startHttpVendor } from '../testing/http-vendor.js';
import { providerConformance } from '../testing/provider-conformance.js';
import { openConnection, sendRequest, telegram } from '../testing/sample-requests.js';
import { violations } from '../testing/vendor-schema.js';
import { TelegramBotProvider, telegramCall, telegramRequest } from './bot.js';

const token = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';
const agent = new Agent();
afterAll(() => agent.destroy());

const connectionTo = (baseUrl: string) =>
  openConnection('telegram_bot', ['telegram'], TelegramBotSettings.parse({ base_url: baseUrl }), {
    bot_token: token,
  });

const answers: VendorAnswers = {
  isTest: (request) => request.url?.endsWith('/sendMessage') === false,
  test: () => ({ status: 200, body: { ok: true, result: { id: 110201543, is_bot: true } } }),
  accepts: () => ({ status: 200, body: { ok: true, result: { message_id: 12, chat: { id: 4711 } } } }),
  rejects: (request) => ({
    status: 400,
    body: { ok: false, error_code: 400, description: `Bad Request: can't parse ${request.url}` },
  }),
  throttles: (request) => ({
    status: 429,
    headers: {},
    body: {
      ok: false,
      error_code: 429,
      description: `Too Many Requests: retry after 7 ${request.url}`,
      parameters: { retry_after: 7 },
    },
  }),
};

providerConformance({
  name: 'Telegram’s bot',
  open: () => new TelegramBotProvider(agent),
  request: () => sendRequest(telegram),
  start: (mode) => startHttpVendor(mode, answers, connectionTo),
  retryAfterMs: 7_000,
  secret: token,
  cannot: {},
});

describe('the request', () => {
  const connection = connectionTo('https://api.telegram.org');

  test.each(['4711', '-1001234567890', '@haffsegeln'])(
    'to %s is what Telegram’s documentation asks for',
    (to) => {
      const call = telegramRequest(connection, sendRequest({ ...telegram, to }));
      expect(violations('telegram', call)).toEqual([]);
      expect(call.body).toEqual({ chat_id: to, text: expect.stringContaining('<b>um 9</b> *am Steg*') });
    },
  );

  test('a broken request would be noticed', () => {
    const call = telegramRequest(connection, sendRequest(telegram));
    expect(violations('telegram', { ...call, body: { ...call.body, chat_id: 'anna' } })).not.toEqual([]);
    expect(violations('telegram', { ...call, body: { ...call.body, text: 'x'.repeat(4_097) } })).not.toEqual(
      [],
    );
    expect(violations('telegram', { ...call, body: { ...call.body, parsemode: 'HTML' } })).not.toEqual([]);
    expect(violations('telegram', telegramCall(connection, 'sendText', {}))).not.toEqual([]);
  });
});

describe('answers', () => {
  const provider = new TelegramBotProvider(agent);
  const sendTo = async (accepts: VendorAnswers['accepts']) => {
    const vendor = await startHttpVendor('accepts', { ...answers, accepts }, connectionTo);
    try {
      const outcome = await provider.send(
        vendor.connection,
        sendRequest(telegram),
        AbortSignal.timeout(5_000),
      );
      return { outcome, calls: vendor.count() };
    } finally {
      await vendor.close();
    }
  };
  const outcomeOf = async (error_code: number, description: string) => {
    const body = { ok: false, error_code, description };
    return (await sendTo(() => ({ status: error_code, body }))).outcome;
  };

  test('somebody who has blocked the bot, or is gone, is an invalid address', async () => {
    for (const why of ['bot was blocked by the user', 'user is deactivated'])
      expect(await outcomeOf(403, `Forbidden: ${why}`)).toMatchObject({
        kind: 'rejected',
        code: 'http_403',
        detail: expect.stringContaining(why),
        invalidAddress: true,
      });
  });

  test.each([
    [403, 'Forbidden: bot was kicked from the supergroup chat'],
    [403, "Forbidden: bot can't initiate conversation with a user"],
    [400, 'Bad Request: chat not found'],
    [400, 'Bad Request: message is too long'],
  ])('%i %s refuses this message: it may be mended', async (status, description) => {
    const outcome = await outcomeOf(status, description);
    expect(outcome).toMatchObject({ kind: 'rejected', detail: description });
    expect(outcome).not.toHaveProperty('invalidAddress');
    expect(outcome).not.toHaveProperty('pauseConnection');
  });

  test('a token that is refused pauses the connection', async () => {
    expect(await outcomeOf(401, 'Unauthorized')).toMatchObject({ kind: 'rejected', pauseConnection: true });
    expect(await outcomeOf(404, 'Not Found')).toMatchObject({ kind: 'rejected', pauseConnection: true });
  });

  test('a group that became a supergroup is followed, and the message posted once', async () => {
    const seen: unknown[] = [];
    const { outcome } = await sendTo((body) => {
      const { chat_id } = JSON.parse(body) as { chat_id: string };
      seen.push(chat_id);
      return chat_id === '-1001'
        ? { status: 200, body: { ok: true, result: { message_id: 1, chat: { id: -1001 } } } }
        : {
            status: 400,
            body: {
              ok: false,
              error_code: 400,
              description: 'Bad Request: group chat was upgraded to a supergroup chat',
              parameters: { migrate_to_chat_id: -1001 },
            },
          };
    });
    expect(outcome).toEqual({ kind: 'accepted', providerMessageId: '-1001:1' });
    expect(seen).toEqual(['4711', '-1001']);
  });

  test('a server error may have come after the message was posted', async () => {
    expect(await outcomeOf(502, 'Bad Gateway')).toMatchObject({ kind: 'unknown', code: 'http_502' });
    expect(provider.onUnknown).toEqual({ kind: 'ask_person' });
  });
});

test('a token that Telegram refuses fails the test, and so does another server', async () => {
  const provider = new TelegramBotProvider(agent);
  const verdictFor = async (mode: 'accepts' | 'talks_nonsense') => {
    const body = { ok: false, error_code: 401, description: 'Unauthorized' };
    const vendor = await startHttpVendor(
      mode,
      { ...answers, test: () => ({ status: 401, body }) },
      connectionTo,
    );
    const verdict = await provider.test(vendor.connection, AbortSignal.timeout(5_000));
    await vendor.close();
    return verdict;
  };
  expect(await verdictFor('accepts')).toEqual({ ok: false, reason: expect.stringContaining('Unauthorized') });
  expect(await verdictFor('talks_nonsense')).toEqual({
    ok: false,
    reason: expect.stringContaining('base URL'),
  });
});
