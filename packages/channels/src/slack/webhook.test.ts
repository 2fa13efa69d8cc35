import { SlackWebhookSettings } from '@halyard/contracts/connections/chat-settings';
import { Agent } from 'undici';
import { afterAll, describe, expect, test } from 'vitest';
import type { VendorAnswers } from '../testing/http-vendor.js';
import { startHttpVendor } from '../testing/http-vendor.js';
import { providerConformance } from '../testing/provider-conformance.js';
import { openConnection, sendRequest, slack } from '../testing/sample-requests.js';
import { violations } from '../testing/vendor-schema.js';
import { SlackWebhookProvider, slackWebhookRequest } from './webhook.js';

const secret = 'XXXXXXXXXXXXs3cr3t';
const agent = new Agent();
afterAll(() => agent.destroy());

const connectionTo = (baseUrl: string) =>
  openConnection('slack_webhook', ['slack'], SlackWebhookSettings.parse({ posts_to: '#crew' }), {
    webhook_url: `${baseUrl}/services/T00000000/B00000000/${secret}`,
  });

const answers: VendorAnswers = {
  isTest: (_, body) => body === '{}',
  test: () => ({ status: 400, body: 'no_text' }),
  accepts: () => ({ status: 200, body: 'ok' }),
  rejects: () => ({ status: 400, body: 'invalid_payload' }),
  throttles: (request) => ({ status: 429, headers: { 'retry-after': '7' }, body: `${request.url}` }),
};

providerConformance({
  name: 'Slack’s incoming webhook',
  open: () => new SlackWebhookProvider(agent),
  request: () => sendRequest(slack),
  start: (mode) => startHttpVendor(mode, answers, connectionTo),
  retryAfterMs: 7_000,
  secret,
  cannot: {},
  givesNoIds: 'an incoming webhook answers nothing but ok',
});

test('the request is what Slack’s documentation asks for', () => {
  const call = slackWebhookRequest(connectionTo('https://hooks.slack.com'), sendRequest(slack));
  expect(violations('slack', call)).toEqual([]);
  expect(violations('slack', { ...call, body: { ...call.body, texts: 'x' } })).not.toEqual([]);
  expect(violations('slack', { ...call, body: { mrkdwn: false } })).not.toEqual([]);
});

describe('answers', () => {
  const provider = new SlackWebhookProvider(agent);
  const outcomeOf = async (status: number, body: string, to = '#crew') => {
    const vendor = await startHttpVendor(
      'rejects',
      { ...answers, rejects: () => ({ status, body }) },
      connectionTo,
    );
    try {
      const request = sendRequest({ ...slack, to });
      const outcome = await provider.send(vendor.connection, request, AbortSignal.timeout(5_000));
      return { outcome, calls: vendor.count() };
    } finally {
      await vendor.close();
    }
  };

  test.each([
    [403, 'action_prohibited'],
    [403, 'invalid_token'],
    [404, 'no_service'],
    [404, 'channel_not_found'],
    [410, 'channel_is_archived'],
  ])('%i %s is about the webhook itself, which is paused', async (status, body) => {
    const { outcome } = await outcomeOf(status, body);
    expect(outcome).toMatchObject({ kind: 'rejected', code: body, pauseConnection: true });
  });

  test('400 invalid_payload is about this message', async () => {
    const { outcome } = await outcomeOf(400, 'invalid_payload');
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'invalid_payload' });
    expect(outcome).not.toHaveProperty('pauseConnection');
  });

  test('a server error may have come after the message was posted', async () => {
    expect((await outcomeOf(500, 'rollup_error')).outcome).toMatchObject({
      kind: 'unknown',
      code: 'http_500',
    });
  });

  test('what is meant for somebody is not posted for all to read', async () => {
    const { outcome, calls } = await outcomeOf(200, 'ok', 'U024BE91L');
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'another_place' });
    expect(calls).toBe(0);
  });

  test('a webhook that was taken back fails the test, and so does another server', async () => {
    const verdictFor = async (status: number, body: unknown) => {
      const vendor = await startHttpVendor(
        'accepts',
        { ...answers, test: () => ({ status, body }) },
        connectionTo,
      );
      const verdict = await provider.test(vendor.connection, AbortSignal.timeout(5_000));
      await vendor.close();
      return verdict;
    };
    expect(await verdictFor(404, 'no_service')).toEqual({
      ok: false,
      reason: expect.stringContaining('no_service'),
    });
    expect(await verdictFor(200, '<h1>Welcome</h1>')).toEqual({
      ok: false,
      reason: expect.stringContaining('address'),
    });
  });
});
