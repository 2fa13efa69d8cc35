import { createHmac } from 'node:crypto';
import { ResendSettings } from '@halyard/contracts/connections/provider-settings';
import { Agent } from 'undici';
import { afterAll, describe, expect, test } from 'vitest';
import type { VendorAnswers } from '../testing/http-vendor.js';
import { startHttpVendor } from '../testing/http-vendor.js';
import { providerConformance } from '../testing/provider-conformance.js';
import { email, openConnection, sendRequest } from '../testing/sample-requests.js';
import { violations } from '../testing/vendor-schema.js';
import { ResendProvider } from './resend.js';
import { resendRequest } from './resend-request.js';

const apiKey = 're_s3cr3t_of_the_school';
const webhookSecret = `whsec_${Buffer.from('thirty-two bytes of a secret key').toString('base64')}`;
const agent = new Agent();
afterAll(() => agent.destroy());

const connectionTo = (baseUrl: string) =>
  openConnection(
    'resend',
    ['email'],
    ResendSettings.parse({ base_url: baseUrl, from_address: 'hello@sailing-school.example' }),
    { api_key: apiKey, webhook_secret: webhookSecret },
  );

const echo = (request: { headers: { authorization?: string | undefined } }) =>
  `You sent ${request.headers.authorization}`;

const answers: VendorAnswers = {
  test: () => ({ status: 200, body: { data: [{ name: 'sailing-school.example', status: 'verified' }] } }),
  accepts: () => ({ status: 200, body: { id: '56761188-7520-42d8-8898-ff6fc54ce618' } }),
  rejects: (request) => ({
    status: 422,
    body: { statusCode: 422, name: 'validation_error', message: `Invalid \`to\` field. ${echo(request)}` },
  }),
  throttles: (request) => ({
    status: 429,
    headers: { 'retry-after': '7' },
    body: { statusCode: 429, name: 'rate_limit_exceeded', message: echo(request) },
  }),
};

providerConformance({
  name: 'Resend',
  open: () => new ResendProvider(agent),
  request: () => sendRequest(email),
  start: (mode) => startHttpVendor(mode, answers, connectionTo),
  retryAfterMs: 7_000,
  secret: apiKey,
  cannot: {},
});

describe('the request', () => {
  const connection = connectionTo('https://api.resend.com');

  test('is what Resend’s own description asks for', () => {
    expect(violations('resend', resendRequest(connection, sendRequest(email)))).toEqual([]);
  });

  test('a broken request would be noticed', () => {
    const call = resendRequest(connection, sendRequest(email));
    expect(violations('resend', { ...call, body: { ...(call.body as object), to: 7 } })).not.toEqual([]);
    expect(violations('resend', { ...call, body: { ...(call.body as object), replyTo: 'x' } })).not.toEqual(
      [],
    );
    expect(violations('resend', { ...call, url: 'https://api.resend.com/mails' })).not.toEqual([]);
  });

  test('every try has the same key and the same bytes', () => {
    const first = sendRequest(email);
    const again = { ...first, attemptId: sendRequest(email).attemptId };
    expect(resendRequest(connection, again)).toEqual(resendRequest(connection, first));
    expect(resendRequest(connection, first).headers['idempotency-key']).toBe(first.idempotencyKey);
  });
});

describe('answers', () => {
  const provider = new ResendProvider(agent);
  const outcomeOf = async (status: number, body: unknown) => {
    const vendor = await startHttpVendor(
      'rejects',
      { ...answers, rejects: () => ({ status, body }) },
      connectionTo,
    );
    try {
      return await provider.send(vendor.connection, sendRequest(email), AbortSignal.timeout(5_000));
    } finally {
      await vendor.close();
    }
  };

  test('a refused account pauses the connection', async () => {
    for (const status of [401, 403])
      expect(
        await outcomeOf(status, { name: 'invalid_api_key', message: 'API key is invalid' }),
      ).toMatchObject({
        kind: 'rejected',
        code: 'invalid_api_key',
        pauseConnection: true,
      });
  });

  test('an address that Resend does not take is invalid', async () => {
    expect(
      await outcomeOf(422, { name: 'validation_error', message: 'Invalid `to` field. It needs an @.' }),
    ).toMatchObject({ kind: 'rejected', invalidAddress: true });
  });

  test('another fault of the message is no fault of the address', async () => {
    const outcome = await outcomeOf(422, {
      name: 'missing_required_field',
      message: 'Missing `subject` field.',
    });
    expect(outcome).toMatchObject({ kind: 'rejected' });
    expect(outcome).not.toHaveProperty('invalidAddress');
  });

  test('a server error is unknown: the key makes a repeat safe', async () => {
    expect(await outcomeOf(500, { name: 'application_error' })).toMatchObject({
      kind: 'unknown',
      code: 'http_500',
    });
    expect(provider.onUnknown).toMatchObject({ kind: 'retry_same_key' });
  });

  test('a key that is known already is never taken for a refusal', async () => {
    for (const name of ['concurrent_idempotent_requests', 'invalid_idempotent_request'])
      expect(await outcomeOf(409, { name, message: 'key' })).toMatchObject({ kind: 'unknown', code: name });
  });

  test('a used-up quota waits longer than a rate', async () => {
    expect(await outcomeOf(429, { name: 'daily_quota_exceeded' })).toMatchObject({
      kind: 'throttled',
      retryAfterMs: 3_600_000,
    });
  });

  test('a key that may only send passes the test; an unverified domain does not', async () => {
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
    expect(await verdictFor(401, { name: 'restricted_api_key' })).toEqual({ ok: true });
    expect(await verdictFor(403, { name: 'invalid_api_key' })).toMatchObject({ ok: false });
    expect(
      await verdictFor(200, { data: [{ name: 'sailing-school.example', status: 'pending' }] }),
    ).toMatchObject({ ok: false, reason: expect.stringContaining('pending') });
  });

  test('a server that is something else fails the test', async () => {
    const vendor = await startHttpVendor('talks_nonsense', answers, connectionTo);
    try {
      const verdict = await provider.test(vendor.connection, AbortSignal.timeout(5_000));
      expect(verdict).toEqual({ ok: false, reason: expect.stringContaining('base URL') });
    } finally {
      await vendor.close();
    }
  });
});

describe('webhooks', () => {
  const provider = new ResendProvider(agent);
  const connection = connectionTo('https://api.resend.com');
  const now = new Date('2026-05-01T09:00:00Z');
  const messageId = '0198b2a0-1111-7000-8000-000000000001';

  const signed = (body: unknown, { at = now, key = webhookSecret, id = 'msg_1' } = {}) => {
    const rawBody = Buffer.from(JSON.stringify(body));
    const timestamp = String(Math.floor(at.getTime() / 1000));
    const secret = Buffer.from(key.slice('whsec_'.length), 'base64');
    const signature = createHmac('sha256', secret)
      .update(`${id}.${timestamp}.`)
      .update(rawBody)
      .digest('base64');
    return {
      headers: { 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': `v1,b2xk v1,${signature}` },
      rawBody,
      query: {},
      now,
    };
  };
  const event = (type: string, more: object = {}) => ({
    type,
    created_at: '2026-05-01T08:59:58.126Z',
    data: {
      email_id: '56761188-7520-42d8-8898-ff6fc54ce618',
      to: ['anna@example.com'],
      tags: { message_id: messageId },
      ...more,
    },
  });

  test('a signed report names our message', async () => {
    expect(await provider.receive(connection, signed(event('email.delivered')))).toEqual([
      {
        key: 'msg_1',
        type: 'delivered',
        occurredAt: new Date('2026-05-01T08:59:58.126Z'),
        channel: 'email',
        providerMessageId: '56761188-7520-42d8-8898-ff6fc54ce618',
        messageId,
        address: 'anna@example.com',
        raw: expect.anything(),
      },
    ]);
  });

  test.each([
    [
      'email.bounced',
      { bounce: { type: 'Permanent', subType: 'General', message: 'no such user' } },
      'bounced',
    ],
    [
      'email.bounced',
      { bounce: { type: 'Transient', subType: 'MailboxFull', message: 'full' } },
      'soft_bounced',
    ],
    ['email.suppressed', {}, 'bounced'],
    ['email.complained', {}, 'complained'],
    ['email.failed', { failed: { reason: 'reached_daily_quota' } }, 'failed'],
    ['email.opened', {}, 'opened'],
    ['email.clicked', { click: { link: 'https://example.com' } }, 'clicked'],
  ])('%s %j is %s', async (type, more, expected) => {
    expect(await provider.receive(connection, signed(event(type, more)))).toMatchObject([{ type: expected }]);
  });

  test('what says nothing about the fate of a message is taken and ignored', async () => {
    for (const type of ['email.sent', 'email.delivery_delayed', 'domain.updated'])
      expect(await provider.receive(connection, signed(event(type)))).toEqual([]);
  });

  test('a wrong signature, a changed body, an old or future timestamp are refused', async () => {
    const good = signed(event('email.delivered'));
    const minutes = (n: number) => new Date(now.getTime() + n * 60_000);
    for (const bad of [
      signed(event('email.delivered'), { key: `whsec_${Buffer.from('another').toString('base64')}` }),
      { ...good, rawBody: Buffer.from(good.rawBody.toString().replace('delivered', 'bounced')) },
      { ...good, headers: { ...good.headers, 'svix-id': 'msg_2' } },
      { ...good, headers: {} },
      signed(event('email.delivered'), { at: minutes(-6) }),
      signed(event('email.delivered'), { at: minutes(6) }),
    ])
      expect(await provider.receive(connection, bad)).toBeNull();
    expect(
      await provider.receive(connection, signed(event('email.delivered'), { at: minutes(-4) })),
    ).toHaveLength(1);
  });

  test('without a signing secret nothing is believed', async () => {
    const { webhook_secret: _, ...secrets } = connection.secrets;
    expect(await provider.receive({ ...connection, secrets }, signed(event('email.delivered')))).toBeNull();
  });
});
