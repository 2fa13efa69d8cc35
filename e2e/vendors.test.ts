import { createHmac, randomUUID } from 'node:crypto';
import type { TestCaller, TestServer } from '@halyard/api/testing/test-server';
import { startTestServer } from '@halyard/api/testing/test-server';
import { violations } from '@halyard/channels/testing/vendor-schema';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './until.js';
import type { Vendor } from './vendor.js';
import { startInfobip, startResend } from './vendor.js';

/** Messages through HTTP servers that answer as Resend and Infobip do, and what these report back. */

const webhookKey = Buffer.from('the signing key of the webhook').toString('base64');
let server: TestServer;
let resend: Vendor;
let infobip: Vendor;
let api: TestCaller;
let mailHook: string;
let smsHook: string;

beforeAll(async () => {
  [server, resend, infobip] = await Promise.all([
    startTestServer({ loops: true }),
    startResend(),
    startInfobip(),
  ]);
  api = await server.apiKey();
  const connect = async (input: object) => {
    const { body, status } = await api('POST', '/connections', input);
    expect(status, JSON.stringify(body)).toBe(201);
    return new URL(body.webhook_url).pathname;
  };
  mailHook = await connect({
    provider: 'resend',
    name: 'Resend',
    settings: { from_address: 'moin@haffwind.example', base_url: resend.url },
    secrets: { api_key: 're_test', webhook_secret: `whsec_${webhookKey}` },
    skip_test: true,
  });
  smsHook = await connect({
    provider: 'infobip_sms',
    name: 'Infobip SMS',
    settings: { base_url: infobip.url, sender: 'HaffSegeln' },
    secrets: { api_key: 'ib_test' },
  });
  await connect({
    provider: 'infobip_whatsapp',
    name: 'Infobip WhatsApp',
    settings: { base_url: infobip.url, sender: '+4915112345678' },
    secrets: { api_key: 'ib_test' },
  });
});
afterAll(async () => {
  await server?.stop();
  await Promise.all([resend?.close(), infobip?.close()]);
});

const statusOf = async (id: string) => (await api('GET', `/messages/${id}/status`)).body;
const reaches = (id: string, status: string) =>
  until(
    () => statusOf(id),
    (seen) => seen.status === status,
  );

async function send(message: object): Promise<string> {
  const { body, status } = await api('POST', '/messages/send', { class: 'transactional', ...message });
  expect(status, JSON.stringify(body)).toBe(202);
  return body.id;
}

/** Signs as Svix does for Resend. */
function fromResend(event: object, id = `msg_${randomUUID()}`) {
  const body = JSON.stringify(event);
  const timestamp = Math.floor(Date.now() / 1000);
  const digest = createHmac('sha256', Buffer.from(webhookKey, 'base64')).update(`${id}.${timestamp}.${body}`);
  return server.anonymous('POST', mailHook, body, {
    'content-type': 'application/json',
    'svix-id': id,
    'svix-timestamp': String(timestamp),
    'svix-signature': `v1,${digest.digest('base64')}`,
  });
}

test('a mail through Resend: as its API describes, delivered by its webhook, bounced address suppressed', async () => {
  const id = await send({
    to: { email: 'anna@mail.example' },
    channels: ['email'],
    content: { subject: 'Ahoi', body: 'Willkommen an Bord.' },
  });
  await reaches(id, 'sent');
  const call = resend.calls.at(-1);
  expect(call?.headers['idempotency-key']).toContain(id);
  expect(
    violations('resend', {
      method: 'POST',
      url: `${resend.url}${call?.path}`,
      headers: {},
      body: call?.body,
    }),
  ).toEqual([]);

  const event = {
    type: 'email.delivered',
    created_at: new Date().toISOString(),
    data: { email_id: `resend-${resend.calls.length}`, to: ['anna@mail.example'] },
  };
  expect(
    (await server.anonymous('POST', mailHook, JSON.stringify(event), { 'content-type': 'application/json' }))
      .status,
  ).toBe(401);
  expect((await statusOf(id)).status).toBe('sent');
  expect((await fromResend(event, 'msg_1')).status).toBeLessThan(300);
  expect((await fromResend(event, 'msg_1')).status).toBeLessThan(300);
  expect((await reaches(id, 'delivered')).delivered_at).toBeTruthy();

  await fromResend({
    ...event,
    type: 'email.bounced',
    data: { ...event.data, bounce: { type: 'Permanent', subType: 'General', message: 'no such user' } },
  });
  const suppressed = await until(
    () => api('GET', '/suppressions'),
    ({ body }) => body.items.length > 0,
  );
  expect(suppressed.body.items[0]).toMatchObject({ channel: 'email', reason: 'hard_bounce' });
  const next = await send({
    to: { email: 'anna@mail.example' },
    channels: ['email'],
    content: { subject: 'Noch eine', body: 'Kommt nicht an.' },
  });
  expect((await reaches(next, 'skipped')).reason).toMatch(/suppress/);
});

test('an SMS through Infobip: delivered by its report; STOP is obeyed, confirmed once and recorded', async () => {
  const contact = await api('POST', '/contacts', {
    first_name: 'Jonas',
    phone: '+491713920012',
    locale: 'de',
    time_zone: 'Europe/Berlin',
  });
  expect(contact.status, JSON.stringify(contact.body)).toBe(201);
  const contactId = contact.body.id ?? contact.body.contact.id;
  const sms = {
    contact_id: contactId,
    channels: ['sms'],
    content: { body: 'Der Törn beginnt um 9 Uhr.' },
  };
  const id = await send(sms);
  await reaches(id, 'sent');
  const call = infobip.calls.at(-1);
  expect(
    violations('infobip', {
      method: 'POST',
      url: `${infobip.url}${call?.path}`,
      headers: {},
      body: call?.body,
    }),
  ).toEqual([]);
  const messageId = call?.body.messages[0].destinations[0].messageId;
  const delivered = {
    messageId,
    to: '491713920012',
    sentAt: new Date().toISOString(),
    doneAt: new Date().toISOString(),
    status: { groupId: 3, groupName: 'DELIVERED', id: 5, name: 'DELIVERED_TO_HANDSET', description: 'ok' },
  };
  await server.anonymous('POST', smsHook, JSON.stringify({ results: [delivered] }), {
    'content-type': 'application/json',
  });
  await reaches(id, 'delivered');

  const before = infobip.calls.length;
  const stop = {
    messageId: randomUUID(),
    from: '491713920012',
    to: 'HaffSegeln',
    text: 'STOPP',
    cleanText: 'STOPP',
    receivedAt: new Date().toISOString(),
  };
  for (let times = 0; times < 3; times++)
    await server.anonymous('POST', smsHook, JSON.stringify({ results: [stop] }), {
      'content-type': 'application/json',
    });
  await until(
    () => infobip.calls.length,
    (calls) => calls > before,
  );
  const marketing = await send({ ...sms, class: 'marketing' });
  expect((await reaches(marketing, 'skipped')).reason).toMatch(/suppress|consent/);
  expect(infobip.calls.length - before, 'one confirmation, and nothing else').toBe(1);
});

test('an approved WhatsApp template through Infobip', async () => {
  await api('POST', '/templates', {
    key: 'reminder',
    name: 'Reminder',
    channel: 'whatsapp',
    content: {
      default_locale: 'de',
      locales: {
        de: { template: { name: 'reminder_de', language: 'de', body: ['{{ firstName }}', 'morgen um 9'] } },
      },
    },
  }).then(({ status, body }) => expect(status, JSON.stringify(body)).toBe(200));
  const id = await send({
    to: { whatsapp: '+491713920013' },
    name: 'Mehmet',
    channels: ['whatsapp'],
    template: 'reminder',
    variables: { firstName: 'Mehmet' },
  });
  await reaches(id, 'sent');
  const call = infobip.calls.at(-1);
  expect(
    violations('infobip', {
      method: 'POST',
      url: `${infobip.url}${call?.path}`,
      headers: {},
      body: call?.body,
    }),
  ).toEqual([]);
  expect(JSON.stringify(call?.body)).toContain('Mehmet');
});

test('the outreach payload of seed 0, from push to status', async () => {
  const item = {
    id: randomUUID(),
    tenant_id: server.organization,
    user_id: randomUUID(),
    channel: 'email',
    subject: 'Dein Entwurf ist fertig',
    body: 'Hallo, schau ihn dir an.',
    target: { email: 'creator@mail.example', name: 'Creator', external_ids: { crm_contact_id: 'c-1' } },
    schedule_at: null,
    sequence_id: randomUUID(),
    step: 1,
  };
  const first = await api('POST', '/outreach/items', item);
  expect(first.status, JSON.stringify(first.body)).toBe(202);
  expect((await api('POST', '/outreach/items', item)).body).toEqual(first.body);
  expect((await api('POST', '/outreach/items', { ...item, subject: 'Anders' })).status).toBe(409);
  const state = await until(
    async () => (await api('GET', `/outreach/items/${item.id}`)).body,
    ({ status }) => status === 'sent',
  );
  expect(state).toMatchObject({ error: null, step: 1 });
  expect(state.sent_at).toBeTruthy();
  expect(resend.calls.filter(({ body }) => body.to.join().includes('creator@mail.example'))).toHaveLength(1);
});
