import { DiscordWebhookSettings } from '@halyard/contracts/connections/chat-settings';
import { Agent } from 'undici';
import { afterAll, describe, expect, test } from 'vitest';
import type { VendorAnswers } from '../testing/http-vendor.js';
import { startHttpVendor } from '../testing/http-vendor.js';
import { providerConformance } from '../testing/provider-conformance.js';
import { discord, openConnection, sendRequest } from '../testing/sample-requests.js';
import { violations } from '../testing/vendor-schema.js';
import { DiscordWebhookProvider, discordWebhookRequest } from './webhook.js';

const secret = 'a-very_s3cr3t-token';
const agent = new Agent();
afterAll(() => agent.destroy());

const connectionTo = (baseUrl: string, settings = {}) =>
  openConnection(
    'discord_webhook',
    ['discord'],
    DiscordWebhookSettings.parse({ posts_to: '#crew', ...settings }),
    { webhook_url: `${baseUrl}/api/webhooks/1357924680/${secret}` },
  );

const answers: VendorAnswers = {
  test: () => ({ status: 200, body: { id: '1357924680', type: 1, name: 'Halyard', channel_id: '42' } }),
  accepts: () => ({ status: 200, body: { id: '1400000000000000001', channel_id: '42' } }),
  rejects: (request) => ({
    status: 400,
    body: { code: 50035, message: 'Invalid Form Body', errors: { content: { _errors: [request.url] } } },
  }),
  throttles: (request) => ({
    status: 429,
    headers: { 'retry-after': '7', 'x-ratelimit-scope': 'user' },
    body: { message: `You are being rate limited. ${request.url}`, retry_after: 6.4567, global: false },
  }),
};

providerConformance({
  name: 'Discord’s webhook',
  open: () => new DiscordWebhookProvider(agent),
  request: () => sendRequest(discord),
  start: (mode) => startHttpVendor(mode, answers, connectionTo),
  retryAfterMs: 6_457,
  secret,
  cannot: {},
});

describe('the request', () => {
  const connection = connectionTo('https://discord.com');

  test('is what Discord’s own description asks for, calls nobody and is shown letter for letter', () => {
    const call = discordWebhookRequest(connection, sendRequest(discord));
    expect(violations('discord', call)).toEqual([]);
    expect(call.url).toBe(`https://discord.com/api/v10/webhooks/1357924680/${secret}?wait=true`);
    expect(call.body).toEqual({
      content: '\\*\\*Törn\\*\\* um 9 @everyone \\[Plan\\](https://haff.example/plan_42_neu)',
      allowed_mentions: { parse: [] },
    });
  });

  test('a text that its escapes make too long for the content is an embed', () => {
    const call = discordWebhookRequest(connection, sendRequest({ ...discord, text: '*'.repeat(2_000) }));
    expect(violations('discord', call)).toEqual([]);
    expect(call.body).toMatchObject({ embeds: [{ description: '\\*'.repeat(2_000) }] });
  });

  test('goes to a thread of the channel when there is one', () => {
    const threaded = connectionTo('https://discord.com', { thread_id: '99' });
    expect(discordWebhookRequest(threaded, sendRequest(discord)).url).toMatch(/\?wait=true&thread_id=99$/);
  });

  test('a broken request would be noticed', () => {
    const call = discordWebhookRequest(connection, sendRequest(discord));
    const { url } = call;
    expect(violations('discord', { ...call, body: { content: 'x'.repeat(2_001) } })).not.toEqual([]);
    expect(violations('discord', { ...call, body: { text: 'x' } })).not.toEqual([]);
    expect(violations('discord', { ...call, url: url.replace('webhooks', 'hooks') })).not.toEqual([]);
  });
});

describe('answers', () => {
  const provider = new DiscordWebhookProvider(agent);
  const outcomeOf = async (status: number, body: unknown, headers = {}, to = '#crew') => {
    const vendor = await startHttpVendor(
      'throttles',
      { ...answers, throttles: () => ({ status, headers, body }) },
      connectionTo,
    );
    try {
      const request = sendRequest({ ...discord, to });
      return await provider.send(vendor.connection, request, AbortSignal.timeout(5_000));
    } finally {
      await vendor.close();
    }
  };

  test.each([
    [404, 10015, 'Unknown Webhook'],
    [401, 50027, 'Invalid Webhook Token'],
    [400, 220001, 'Webhooks posted to forum channels must have a thread_name or thread_id'],
  ])('%i with code %i is about the webhook itself, which is paused', async (status, code, message) => {
    expect(await outcomeOf(status, { code, message })).toMatchObject({
      kind: 'rejected',
      code: `error_${code}`,
      detail: expect.stringContaining(message),
      pauseConnection: true,
    });
  });

  test('an invalid form is about this message, and says which field', async () => {
    const errors = { content: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH' }] } };
    const outcome = await outcomeOf(400, { code: 50035, message: 'Invalid Form Body', errors });
    expect(outcome).toMatchObject({
      kind: 'rejected',
      code: 'error_50035',
      detail: expect.stringContaining('BASE_TYPE_MAX_LENGTH'),
    });
    expect(outcome).not.toHaveProperty('pauseConnection');
  });

  test('the fraction of a second is kept, and the header counts where a proxy answers', async () => {
    const global = { message: 'You are being rate limited.', retry_after: 0.3, global: true };
    expect(await outcomeOf(429, global)).toMatchObject({ kind: 'throttled', retryAfterMs: 300 });
    expect(await outcomeOf(429, 'error code: 1015', { 'retry-after': '12' })).toMatchObject({
      kind: 'throttled',
      retryAfterMs: 12_000,
    });
  });

  test('a server error may have come after the message was posted', async () => {
    expect(await outcomeOf(502, '<html>')).toMatchObject({ kind: 'unknown', code: 'http_502' });
    expect(provider.onUnknown).toEqual({ kind: 'ask_person' });
  });

  test('what is meant for somebody is not posted for all to read', async () => {
    expect(await outcomeOf(200, { id: '1' }, {}, '80351110224678912')).toMatchObject({
      kind: 'rejected',
      code: 'another_place',
    });
  });

  test('a webhook that is gone fails the test, and so does another server', async () => {
    const verdictFor = async (mode: 'accepts' | 'talks_nonsense') => {
      const gone = { code: 10015, message: 'Unknown Webhook' };
      const vendor = await startHttpVendor(
        mode,
        { ...answers, test: () => ({ status: 404, body: gone }) },
        connectionTo,
      );
      const verdict = await provider.test(vendor.connection, AbortSignal.timeout(5_000));
      await vendor.close();
      return verdict;
    };
    expect(await verdictFor('accepts')).toEqual({
      ok: false,
      reason: expect.stringContaining('Unknown Webhook'),
    });
    expect(await verdictFor('talks_nonsense')).toEqual({
      ok: false,
      reason: expect.stringContaining('address'),
    });
  });
});
