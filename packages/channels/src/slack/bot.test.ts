import { SlackBotSettings } from '@halyard/contracts/connections/chat-settings';
import { Agent } from 'undici';
import { afterAll, describe, expect, test } from 'vitest';
import type { VendorAnswers } from '../testing/http-vendor.js';
import { startHttpVendor } from '../testing/http-vendor.js';
import { providerConformance } from '../testing/provider-conformance.js';
import { openConnection, sendRequest, slack } from '../testing/sample-requests.js';
import { violations } from '../testing/vendor-schema.js';
import { SlackBotProvider, slackBotRequest } from './bot.js';

const token = 'xoxb-0000-s3cr3t';
const agent = new Agent();
afterAll(() => agent.destroy());

const connectionTo = (baseUrl: string) =>
  openConnection('slack_bot', ['slack'], SlackBotSettings.parse({ base_url: baseUrl }), {
    bot_token: token,
  });

const answers: VendorAnswers = {
  test: () => ({ status: 200, body: { ok: true, team: 'Segelschule', user: 'halyard', team_id: 'T1' } }),
  accepts: () => ({ status: 200, body: { ok: true, channel: 'C024BE91L', ts: '1503435956.000247' } }),
  rejects: (request) => ({
    status: 200,
    body: { ok: false, error: `invalid_arguments ${request.headers.authorization}` },
  }),
  throttles: (request) => ({
    status: 429,
    headers: { 'retry-after': '7' },
    body: { ok: false, error: 'ratelimited', echo: request.headers.authorization },
  }),
};

providerConformance({
  name: 'Slack’s bot',
  open: () => new SlackBotProvider(agent),
  request: () => sendRequest(slack),
  start: (mode) => startHttpVendor(mode, answers, connectionTo),
  retryAfterMs: 7_000,
  secret: token,
  cannot: {},
});

describe('the request', () => {
  const connection = connectionTo('https://slack.com/api');

  test('is what Slack’s own description asks for, with nothing in it that Slack would read', () => {
    const call = slackBotRequest(connection, sendRequest(slack));
    expect(violations('slack', call)).toEqual([]);
    expect(call.body).toEqual({
      channel: '#crew',
      text: '*Törn &amp; Übergabe* um 9 &lt;!channel&gt;: https://haff.example/plan?a=1&amp;b=2',
      mrkdwn: false,
    });
  });

  test('a broken request would be noticed', () => {
    const call = slackBotRequest(connection, sendRequest(slack));
    expect(violations('slack', { ...call, body: { text: 'to nobody' } })).not.toEqual([]);
    expect(violations('slack', { ...call, body: { ...call.body, client_msg_id: '1' } })).not.toEqual([]);
    expect(violations('slack', { ...call, url: 'https://slack.com/api/chat.post' })).not.toEqual([]);
  });
});

describe('answers', () => {
  const provider = new SlackBotProvider(agent);
  const outcomeOf = async (error: string, { to = '#crew', status = 200, headers = {} } = {}) => {
    const vendor = await startHttpVendor(
      'throttles',
      { ...answers, throttles: () => ({ status, headers, body: { ok: false, error } }) },
      connectionTo,
    );
    try {
      return await provider.send(
        vendor.connection,
        sendRequest({ ...slack, to }),
        AbortSignal.timeout(5_000),
      );
    } finally {
      await vendor.close();
    }
  };

  test.each(['invalid_auth', 'account_inactive', 'token_revoked', 'not_authed', 'missing_scope'])(
    '%s pauses the connection, though it came with 200',
    async (error) => {
      expect(await outcomeOf(error)).toMatchObject({ kind: 'rejected', code: error, pauseConnection: true });
    },
  );

  test.each(['channel_not_found', 'is_archived', 'not_in_channel', 'msg_too_long', 'restricted_action'])(
    '%s refuses this message, and neither the connection nor the channel for good',
    async (error) => {
      const outcome = await outcomeOf(error);
      expect(outcome).toMatchObject({ kind: 'rejected', code: error });
      expect(outcome).not.toHaveProperty('pauseConnection');
      expect(outcome).not.toHaveProperty('invalidAddress');
    },
  );

  test('somebody who is not there is an invalid address', async () => {
    expect(await outcomeOf('channel_not_found', { to: 'U024BE91L' })).toMatchObject({ invalidAddress: true });
  });

  test('ratelimited waits for as long as Retry-After says, whatever the status', async () => {
    const headers = { 'retry-after': '30' };
    for (const status of [200, 429])
      expect(await outcomeOf('ratelimited', { status, headers })).toMatchObject({
        kind: 'throttled',
        retryAfterMs: 30_000,
      });
  });

  test.each(['fatal_error', 'internal_error', 'service_unavailable'])(
    '%s may have come after the message was posted',
    async (error) => {
      expect(await outcomeOf(error)).toMatchObject({ kind: 'unknown', code: error });
      expect(provider.onUnknown).toEqual({ kind: 'ask_person' });
    },
  );

  test('a text that Slack would cut is refused before it is sent', async () => {
    const vendor = await startHttpVendor('accepts', answers, connectionTo);
    const long = sendRequest({ ...slack, text: 'x'.repeat(40_001) });
    const outcome = await provider.send(vendor.connection, long, AbortSignal.timeout(5_000));
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'msg_too_long' });
    expect(vendor.count()).toBe(0);
    await vendor.close();
  });

  test('a token that Slack refuses fails the test, and so does another server', async () => {
    const verdictFor = async (mode: 'accepts' | 'talks_nonsense', body: unknown) => {
      const vendor = await startHttpVendor(
        mode,
        { ...answers, test: () => ({ status: 200, body }) },
        connectionTo,
      );
      const verdict = await provider.test(vendor.connection, AbortSignal.timeout(5_000));
      await vendor.close();
      return verdict;
    };
    const refused = { ok: false, error: 'invalid_auth' };
    expect(await verdictFor('accepts', refused)).toEqual({
      ok: false,
      reason: expect.stringContaining('invalid_auth'),
    });
    expect(await verdictFor('talks_nonsense', null)).toEqual({
      ok: false,
      reason: expect.stringContaining('base URL'),
    });
  });
});
