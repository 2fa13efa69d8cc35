import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ObservedServer } from './observed-server.js';
import { startObservedServer } from './observed-server.js';
import type { ObservedSpan } from './observer.js';
import { until } from './until.js';
import type { Vendor } from './vendor.js';
import { startVendor } from './vendor.js';

/** One booking, observed by a receiver of OTLP and by the log: from the request to what the provider reported. */

const planted = {
  address: 'anna.geheim@mail.example',
  refused: 'jonas.geheim@mail.example',
  apiKey: 're_planted_secret',
  body: 'Sondermarke-Inhalt',
  password: 'whsec_cGxhbnRlZC13ZWJob29rLXNlY3JldA==',
};
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
let server: ObservedServer;
let resend: Vendor;
let endpoint: Vendor;
beforeAll(async () => {
  [server, resend, endpoint] = await Promise.all([
    startObservedServer(),
    startQuotingResend(),
    startVendor(() => ({ status: 200, body: {} })),
  ]);
});
afterAll(async () => {
  await server?.stop();
  await Promise.all([resend?.close(), endpoint?.close()]);
});

const reported = (hook: string, providerMessageId: string) => {
  const body = JSON.stringify({
    type: 'email.delivered',
    created_at: new Date().toISOString(),
    data: { email_id: providerMessageId, to: [planted.address] },
  });
  const at = String(Math.floor(Date.now() / 1000));
  const secret = Buffer.from(planted.password.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', secret).update(`msg_1.${at}.${body}`).digest('base64');
  return server.call('POST', hook, body, {
    'svix-id': 'msg_1',
    'svix-timestamp': at,
    'svix-signature': `v1,${signature}`,
  });
};

const named = (name: string) =>
  until(
    () => server.observer.spans.filter((span) => span.name === name && span.traceId === traceId),
    (found) => found.length > 0,
  ).then(([found]) => found as ObservedSpan);

test('one booking is one trace: request, decision, plan, attempt with its call, report, webhook', async () => {
  await prepare();
  const connection = await server.call<{ webhook_url: string }>('POST', '/connections', {
    provider: 'resend',
    name: 'Resend',
    settings: { from_address: 'moin@haffwind.example', base_url: resend.url },
    secrets: { api_key: planted.apiKey, webhook_secret: planted.password },
    skip_test: true,
  });
  await server.call('POST', '/endpoints', { url: endpoint.url, event_types: ['message.delivered'] });
  await server.call('POST', '/bookings', booking, { traceparent: `00-${traceId}-00f067aa0ba902b7-01` });

  const send = await named('send email');
  const messageId = String(send.attributes['messaging.message.id']);
  await until(
    () => server.call<{ status: string }>('GET', `/messages/${messageId}/status`),
    ({ status }) => status === 'sent',
  );
  await reported(new URL(connection.webhook_url).pathname, 'resend-1');
  await until(
    () => endpoint.calls.length,
    (calls) => calls > 0,
  );

  const request = await named('POST /bookings');
  const decide = await named('decide booking.created');
  const plan = await named('plan welcome');
  const provider = await named('call resend');
  const report = await named('report delivered');
  const tell = await named('tell message.delivered');
  const parents = [request, decide, plan, send, provider].map((span) => span.parentSpanId);
  expect(parents).toEqual(['00f067aa0ba902b7', request.spanId, decide.spanId, plan.spanId, send.spanId]);
  expect([report.parentSpanId, tell.parentSpanId]).toEqual([send.spanId, report.spanId]);
  expect([request, decide, plan, send, provider, report, tell].map(({ kind }) => kind)).toEqual([
    2, 5, 1, 4, 3, 5, 3,
  ]);
  expect(server.observer.spans.filter(({ failed }) => failed)).toEqual([]);

  // The provider's own request is another trace, which the report is linked to.
  const hook = server.observer.spans.find(({ name }) => name === 'POST /hooks/providers/:token');
  expect(hook?.traceId).not.toBe(traceId);
  expect(report.links).toEqual([{ traceId: hook?.traceId, spanId: hook?.spanId }]);
  // Whoever receives the webhook can join the trace.
  expect(endpoint.calls[0]?.headers.traceparent).toBe(`00-${traceId}-${tell.spanId}-01`);
});

test('the log follows the message by its id, through the same trace', async () => {
  const sent = await until(
    () => server.lines.find(({ msg }) => msg === 'an attempt ended'),
    (found) => found !== undefined,
  );
  // A quick provider reports before what became of the call is recorded, and a line may come later than its span.
  const told = ['a message was planned', 'a provider reported', 'a webhook was posted', 'an attempt ended'];
  const story = await until(
    () => server.lines.filter(({ message_id }) => message_id === sent?.message_id),
    (found) => found.length >= told.length,
  );
  expect(story.map(({ msg }) => msg).sort()).toEqual(told);
  expect(new Set(story.map(({ level }) => level))).toEqual(new Set(['debug']));
  for (const line of story) {
    expect(line).toMatchObject({ trace_id: traceId, org_id: expect.any(String) });
    expect(server.observer.spans.map((span) => span.traceId)).toContain(line.trace_id);
  }
  expect(sent).toMatchObject({ attempt_id: expect.any(String), outcome: 'accepted', provider: 'resend' });
});

test('a job runs in the trace of the request that added it, and its contacts begin traces of their own', async () => {
  const traceparent = '00-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb-01';
  await server.call('POST', '/imports', `email,first_name\n${planted.address},Anna\n`, {
    'content-type': 'text/csv',
    traceparent,
  });
  const ofJob = (name: string) =>
    until(
      () => server.observer.spans.find((span) => span.name === name && span.traceId.startsWith('aaaa')),
      (found) => found !== undefined,
    );
  const request = await ofJob('POST /imports');
  const added = await ofJob('add imports.imports');
  const processed = await ofJob('process imports');
  expect(added?.parentSpanId).toBe(request?.spanId);
  expect(processed?.parentSpanId).toBe(added?.spanId);
  const ended = await until(
    () => server.lines.find(({ msg }) => msg === 'an import ended'),
    (line) => line !== undefined,
  );
  expect(ended).toMatchObject({ trace_id: 'a'.repeat(32), import_id: expect.any(String) });
  expect(server.observer.spans.filter(({ name }) => /getNextJob|extendLocks|stalled/i.test(name))).toEqual(
    [],
  );
});

test('what is refused is told with its ids and codes, not in the words of the provider', async () => {
  const refused = await server.call<{ id: string }>('POST', '/messages/send', {
    class: 'transactional',
    to: { email: planted.refused },
    channels: ['email'],
    content: { subject: planted.body, body: planted.body },
  });
  const told = await until(
    () => server.lines.filter(({ message_id }) => message_id === refused.id),
    (story) => story.some(({ msg }) => msg === 'a message cannot be sent'),
  );
  expect(told).toMatchObject([
    { level: 'info', msg: 'an attempt ended', outcome: 'rejected', code: expect.any(String) },
    { level: 'warn', msg: 'a message cannot be sent', status: 'failed', rule: expect.any(String) },
  ]);
  const attempt = await until(
    () =>
      server.observer.spans.find(
        ({ attributes }) => attributes['halyard.attempt.id'] === told[0]?.attempt_id,
      ),
    (span) => span !== undefined,
  );
  expect(attempt).toMatchObject({ failed: true, traceId: told[0]?.trace_id });
});

test('the numbers of /metrics are sent under the same names', async () => {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  const scraped = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => String(name));
  await until(
    () => scraped.filter((name) => name.startsWith('halyard_') && !server.observer.metrics.has(name)),
    (missing) => missing.every((name) => !hasReadings(text, name)),
  );
  expect(server.observer.metrics).toContain('process_resident_memory_bytes');
});

const hasReadings = (text: string, name: string) => new RegExp(`^${name}(_count)?[{ ]`, 'm').test(text);

test('no address, content or secret is in any line or span', () => {
  const told = [...server.observer.bodies, ...server.lines.map((line) => JSON.stringify(line))].join('\n');
  expect([...Object.values(planted), server.key].filter((secret) => told.includes(secret))).toEqual([]);
});

const booking = {
  contact: { first_name: 'Anna', email: planted.address },
  product_key: 'sks',
  starts_at: new Date(Date.now() + 10 * 86_400_000).toISOString(),
  ends_at: new Date(Date.now() + 11 * 86_400_000).toISOString(),
  time_zone: 'Europe/Berlin',
};

/** Takes mails, but refuses one address in words that quote it. */
const startQuotingResend = () =>
  startVendor(({ method, body }) => {
    if (method === 'GET') return { status: 200, body: { object: 'list', data: [] } };
    if (!JSON.stringify(body).includes(planted.refused)) return { status: 200, body: { id: 'resend-1' } };
    const message = `${planted.refused} is not who wrote ${planted.body}`;
    return { status: 422, body: { name: 'validation_error', message } };
  });

/** A flow of one message, sent at once. */
async function prepare(): Promise<void> {
  await server.call('POST', '/products', { key: 'sks', name: 'SKS', time_zone: 'Europe/Berlin' });
  await server.call('POST', '/templates', {
    key: 'welcome',
    channel: 'email',
    name: 'Welcome',
    content: {
      locales: { en: { subject: planted.body, html: `<p>${planted.body}</p>` } },
      default_locale: 'en',
    },
  });
  const flow = await server.call<{ id: string }>('POST', '/flows', {
    key: 'welcome',
    definition: {
      name: 'Welcome',
      trigger: { type: 'event', event: 'booking.created' },
      reentry: 'once_per_subject',
      steps: [
        {
          id: 'hello',
          type: 'message',
          class: 'transactional',
          channels: ['email'],
          template: 'welcome',
        },
      ],
    },
  });
  await server.call('POST', `/flows/${flow.id}/publish`, {});
}
