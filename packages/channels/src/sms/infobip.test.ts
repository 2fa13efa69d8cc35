import { createHmac } from 'node:crypto';
import { InfobipSmsSettings } from '@halyard/contracts/connections/provider-settings';
import { Agent } from 'undici';
import { afterAll, describe, expect, test } from 'vitest';
import { startHttpVendor } from '../testing/http-vendor.js';
import { infobipAnswers, infobipRejection } from '../testing/infobip-answers.js';
import { providerConformance } from '../testing/provider-conformance.js';
import { openConnection, sendRequest, sms } from '../testing/sample-requests.js';
import { violations } from '../testing/vendor-schema.js';
import { InfobipSmsProvider, infobipSmsRequest } from './infobip.js';

const apiKey = 'infobip-s3cr3t-key';
const agent = new Agent();
afterAll(() => agent.destroy());

const connectionTo = (baseUrl: string, secrets: Record<string, string> = {}) =>
  openConnection(
    'infobip_sms',
    ['sms'],
    InfobipSmsSettings.parse({ base_url: baseUrl, sender: 'Segelschule' }),
    {
      api_key: apiKey,
      ...secrets,
    },
  );

providerConformance({
  name: 'Infobip SMS',
  open: () => new InfobipSmsProvider(agent),
  request: () => sendRequest(sms),
  start: (mode) => startHttpVendor(mode, infobipAnswers, (url) => connectionTo(url)),
  retryAfterMs: 7_000,
  secret: apiKey,
  cannot: {},
});

describe('the request', () => {
  const connection = connectionTo('https://x.api.infobip.com');

  test('is what Infobip’s own description asks for', () => {
    expect(violations('infobip', infobipSmsRequest(connection, sendRequest(sms)))).toEqual([]);
    const { reportUrl: _, ...withoutUrl } = connection;
    expect(violations('infobip', infobipSmsRequest(withoutUrl, sendRequest(sms)))).toEqual([]);
  });

  test('a broken request would be noticed', () => {
    const call = infobipSmsRequest(connection, sendRequest(sms));
    const [message] = (call.body as { messages: object[] }).messages;
    for (const broken of [
      {},
      { messages: [] },
      { messages: [{ ...message, destinations: [] }] },
      { messages: [{ ...message, notifyUrl: 'x' }] },
    ])
      expect(violations('infobip', { ...call, body: broken })).not.toEqual([]);
  });

  test('our key is their message id, and our message id comes back with reports', () => {
    const request = sendRequest(sms);
    expect(infobipSmsRequest(connection, request).body).toMatchObject({
      messages: [
        {
          destinations: [{ to: '4917612345678', messageId: request.idempotencyKey }],
          webhooks: { callbackData: request.messageId, delivery: { url: connection.reportUrl } },
        },
      ],
    });
  });
});

describe('a message that is judged inside a 200', () => {
  const provider = new InfobipSmsProvider(agent);
  const outcomeFor = async (name: string, groupId = 5) => {
    const answers = { ...infobipAnswers, accepts: infobipRejection(name, groupId) };
    const vendor = await startHttpVendor('accepts', answers, (url) => connectionTo(url));
    try {
      return await provider.send(vendor.connection, sendRequest(sms), AbortSignal.timeout(5_000));
    } finally {
      await vendor.close();
    }
  };

  test('an id that they know already was taken the first time', async () => {
    expect(await outcomeFor('REJECTED_DUPLICATE_MESSAGE_ID')).toMatchObject({ kind: 'accepted' });
  });

  test('a number that does not exist is invalid', async () => {
    expect(await outcomeFor('REJECTED_INVALID_DESTINATION')).toMatchObject({
      kind: 'rejected',
      invalidAddress: true,
    });
  });

  test('an account without credit pauses the connection', async () => {
    expect(await outcomeFor('REJECTED_NOT_ENOUGH_CREDITS')).toMatchObject({
      kind: 'rejected',
      pauseConnection: true,
    });
  });

  test('a flood is throttled', async () => {
    expect(await outcomeFor('REJECTED_FLOODING_FILTER')).toMatchObject({ kind: 'throttled' });
  });

  test('another refusal is rejected and blames nobody', async () => {
    expect(await outcomeFor('REJECTED_ROUTE_NOT_AVAILABLE')).toEqual({
      kind: 'rejected',
      code: 'rejected_route_not_available',
      detail: expect.any(String),
    });
  });

  test('a server that is something else fails the test', async () => {
    const vendor = await startHttpVendor('talks_nonsense', infobipAnswers, connectionTo);
    try {
      const verdict = await provider.test(vendor.connection, AbortSignal.timeout(5_000));
      expect(verdict).toEqual({ ok: false, reason: expect.stringContaining('base URL') });
    } finally {
      await vendor.close();
    }
  });
});

describe('webhooks', () => {
  const provider = new InfobipSmsProvider(agent);
  const open = connectionTo('https://x.api.infobip.com');
  const now = new Date('2026-05-01T09:00:00Z');
  const messageId = '0198b2a0-1111-7000-8000-000000000001';
  const request = (body: unknown, headers: Record<string, string> = {}) => ({
    headers,
    rawBody: Buffer.from(JSON.stringify(body)),
    query: {},
    now,
  });
  const report = (status: object, error: object = { name: 'NO_ERROR' }) => ({
    results: [
      {
        messageId,
        to: '4917612345678',
        doneAt: '2026-05-01T08:59:58.000+0000',
        callbackData: messageId,
        status,
        error,
      },
    ],
  });

  test('a delivery report names our message', async () => {
    expect(
      await provider.receive(open, request(report({ groupName: 'DELIVERED', name: 'DELIVERED_TO_HANDSET' }))),
    ).toEqual([
      {
        key: `${messageId}:delivered`,
        type: 'delivered',
        occurredAt: new Date('2026-05-01T08:59:58Z'),
        channel: 'sms',
        providerMessageId: messageId,
        messageId,
        address: '+4917612345678',
        raw: expect.anything(),
      },
    ]);
  });

  test('a number that will never work bounces; a phone that was off only fails', async () => {
    const gone = { name: 'EC_UNKNOWN_SUBSCRIBER', permanent: true };
    const off = { name: 'EC_ABSENT_SUBSCRIBER', permanent: false };
    const undeliverable = { groupName: 'UNDELIVERABLE', name: 'UNDELIVERABLE_NOT_DELIVERED' };
    expect(await provider.receive(open, request(report(undeliverable, gone)))).toMatchObject([
      { type: 'bounced' },
    ]);
    expect(await provider.receive(open, request(report(undeliverable, off)))).toMatchObject([
      { type: 'failed' },
    ]);
    expect(await provider.receive(open, request(report({ groupName: 'EXPIRED' })))).toMatchObject([
      { type: 'failed' },
    ]);
    expect(await provider.receive(open, request(report({ groupName: 'PENDING' })))).toEqual([]);
  });

  test('what is no report is passed over', async () => {
    const { results } = report({ groupName: 'DELIVERED' });
    for (const body of [null, [], { results: 'none' }, { results: [null, 7, 'x', {}, []] }])
      expect(await provider.receive(open, request(body))).toEqual([]);
    expect(await provider.receive(open, request({ results: [null, ...results] }))).toHaveLength(1);
  });

  test('what a person writes comes in with their number', async () => {
    const inbound = {
      results: [
        {
          messageId: '817790313235066447',
          from: '4917612345678',
          to: '4915199999',
          text: 'STOP',
          cleanText: 'STOP',
          keyword: 'STOP',
          receivedAt: '2026-05-01T08:59:00.000+0000',
        },
      ],
      messageCount: 1,
      pendingMessageCount: 0,
    };
    const reports = await provider.receive(open, request(inbound));
    expect(reports).toMatchObject([
      { type: 'inbound', key: '817790313235066447:inbound', text: 'STOP', address: '+4917612345678' },
    ]);
    expect(reports?.[0]).not.toHaveProperty('providerMessageId');
  });

  test('a body that is not theirs gives no reports', async () => {
    for (const body of [null, [], 'x', { results: 'x' }, { results: [{}] }])
      expect(await provider.receive(open, request(body))).toEqual([]);
    expect(await provider.receive(open, { ...request({}), rawBody: Buffer.from('not json') })).toEqual([]);
  });

  test('basic authentication is demanded when it is set', async () => {
    const connection = connectionTo('https://x.api.infobip.com', { webhook_password: 'geheim' });
    connection.settings.webhook_username = 'infobip';
    const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` });
    expect(await provider.receive(connection, request({ results: [] }))).toBeNull();
    expect(await provider.receive(connection, request({ results: [] }, basic('infobip:falsch')))).toBeNull();
    expect(await provider.receive(connection, request({ results: [] }, basic('infobip:geheim')))).toEqual([]);
  });

  test('a signature over the body is demanded when its key is set', async () => {
    const connection = connectionTo('https://x.api.infobip.com', { webhook_hmac_key: 'schlüssel' });
    const hmac = (encoding: 'hex' | 'base64') =>
      createHmac('sha256', 'schlüssel')
        .update(JSON.stringify({ results: [] }))
        .digest(encoding);
    expect(await provider.receive(connection, request({ results: [] }))).toBeNull();
    expect(
      await provider.receive(connection, request({ results: [1] }, { 'x-signature': hmac('hex') })),
    ).toBeNull();
    for (const signature of [hmac('hex'), hmac('base64'), `sha256=${hmac('hex')}`])
      expect(
        await provider.receive(connection, request({ results: [] }, { 'x-signature': signature })),
      ).toEqual([]);
  });
});
