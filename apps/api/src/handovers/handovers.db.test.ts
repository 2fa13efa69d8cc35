import { randomUUID } from 'node:crypto';
import type { FakeN8n } from '@halyard/channels/testing/fake-n8n';
import { signingSecret, startFakeN8n } from '@halyard/channels/testing/fake-n8n';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

/** Through the API and the loops, with a fake n8n on this machine. */

let server: TestServer;
let admin: TestCaller;
let n8n: FakeN8n;
let connectionId: string;
beforeAll(async () => {
  server = await startTestServer({ loops: true });
  admin = await server.as('admin');
});
beforeEach(async () => {
  n8n = await startFakeN8n();
});
afterEach(async () => {
  await admin('DELETE', `/connections/${connectionId}`);
  await n8n.close();
});
afterAll(() => server.stop());

async function connect(settings: object): Promise<{ channels: string[] }> {
  const { status, body } = await admin('POST', '/connections', {
    provider: 'n8n',
    name: 'n8n',
    settings: { base_url: n8n.url, ...settings },
    secrets: { signing_secret: signingSecret },
  });
  expect(status, JSON.stringify(body)).toBe(201);
  connectionId = body.id;
  return body;
}

async function send(channel: string, address: string): Promise<string> {
  const { status, body } = await admin('POST', '/messages/send', {
    channels: [channel],
    class: 'transactional',
    content: { body: 'Ahoi, see you tomorrow.' },
    to: { [channel]: address },
  });
  expect(status, JSON.stringify(body)).toBe(202);
  return body.id;
}

const patiently = { timeout: 20_000, interval: 50 };
const until = (id: string, wanted: object) =>
  vi.waitFor(
    async () => expect((await admin('GET', `/messages/${id}`)).body).toMatchObject(wanted),
    patiently,
  );
const pathOf = (url: string) => new URL(url).pathname;

describe('a connection of n8n', () => {
  test('that has no path sends nothing, and gets its channels with one', async () => {
    expect((await connect({})).channels).toEqual([]);
    const changed = await admin('PATCH', `/connections/${connectionId}`, {
      settings: { path: '/webhook/x' },
    });
    expect(changed.body.channels).toContain('telegram');
    expect(changed.body.channels).not.toContain('email');
    const refused = await admin('PATCH', `/connections/${connectionId}`, { channels: ['email'] });
    expect(refused).toMatchObject({ status: 422, body: { detail: expect.stringContaining('from_address') } });
  });
});

describe('pushed', () => {
  test('a message is with the workflow until that reports by the address it was given', async () => {
    await connect({ path: '/webhook/halyard-send' });
    const id = await send('telegram', '4711');
    await vi.waitFor(() => expect(n8n.handed).toHaveLength(1), patiently);
    const [handed] = n8n.handed;
    expect(handed).toMatchObject({
      message_id: id,
      payload: { to: '4711', text: 'Ahoi, see you tomorrow.' },
    });
    await until(id, { status: 'sending', attempts: [{ outcome: null }] });
    const report = (body: object) => server.anonymous('POST', pathOf(handed?.report_url ?? ''), body);
    const sent = await report({ outcome: 'sent', provider_message_id: 'tg-1' });
    expect(sent).toMatchObject({ status: 200, body: { outcome: 'accepted', status: 'sent' } });
    expect((await report({ outcome: 'sent', provider_message_id: 'tg-1' })).body).toEqual(sent.body);
    expect((await report({ outcome: 'delivered' })).body).toMatchObject({ status: 'delivered' });
    expect((await report({ outcome: 'not_sent' })).status).toBe(409);
    await until(id, { status: 'delivered', attempts: [{ provider_message_id: 'tg-1' }] });
    expect(n8n.handed).toHaveLength(1);
  });

  test('a changed address reports nothing', async () => {
    await connect({ path: '/webhook/halyard-send' });
    await send('telegram', '4712');
    await vi.waitFor(() => expect(n8n.handed).toHaveLength(1), patiently);
    const path = pathOf(n8n.handed[0]?.report_url ?? '');
    const changed = path.slice(0, -3) + (path.endsWith('AAA') ? 'BBB' : 'AAA');
    expect((await server.anonymous('POST', changed, { outcome: 'sent' })).status).toBe(404);
  });

  test('what the workflow could not send is handed over again', async () => {
    await connect({ path: '/webhook/halyard-send' });
    const id = await send('telegram', '4713');
    await vi.waitFor(() => expect(n8n.handed).toHaveLength(1), patiently);
    const first = n8n.handed[0]?.attempt_id;
    await admin('POST', `/attempts/${first}/outcome`, { outcome: 'not_sent', detail: 'SMTP was down' });
    await vi.waitFor(() => expect(n8n.handed).toHaveLength(2), patiently);
    const second = n8n.handed[1];
    expect(second).toMatchObject({ message_id: id });
    expect(second?.attempt_id).not.toBe(first);
    const late = await admin('POST', `/attempts/${first}/outcome`, { outcome: 'sent' });
    expect(late.status).toBe(409);
    await admin('POST', `/attempts/${second?.attempt_id}/outcome`, { outcome: 'sent' });
    await until(id, {
      status: 'sent',
      attempts: [{ outcome: 'failed_before_send' }, { outcome: 'accepted' }],
    });
  });
});

describe('pulled', () => {
  const claim = async (body: object = {}) => {
    const answer = await admin('POST', '/outreach/claim', body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body.items;
  };

  test('an outreach item waits, is claimed once, and has the fate that is reported', async () => {
    await connect({ mode: 'pull' });
    const item = {
      id: randomUUID(),
      tenant_id: server.organization,
      user_id: randomUUID(),
      channel: 'slack',
      subject: 'News',
      body: 'The course starts tomorrow.',
      target: { name: 'Anna', external_ids: { slack: 'U0123' } },
    };
    expect((await admin('POST', '/outreach/items', item)).status).toBe(202);
    const state = async () => (await admin('GET', `/outreach/items/${item.id}`)).body;
    await vi.waitFor(async () => expect(await state()).toMatchObject({ error: 'awaiting_claim' }), patiently);
    expect(await claim({ channels: ['telegram'] })).toEqual([]);
    const claims = await Promise.all([claim(), claim(), claim()]);
    const items = claims.flat();
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      item_id: item.id,
      channel: 'slack',
      payload: { to: 'U0123', text: expect.stringContaining('The course starts') },
    });
    expect(await state()).toMatchObject({ status: 'sending' });
    const reported = await admin('POST', `/attempts/${items[0].attempt_id}/outcome`, { outcome: 'sent' });
    expect(reported.body).toMatchObject({ status: 'sent' });
    expect(await state()).toMatchObject({ status: 'sent', sent_at: expect.any(String) });
  });

  test('a claim is repeated by its Idempotency-Key', async () => {
    await connect({ mode: 'pull' });
    const id = await send('telegram', '4714');
    await until(id, { status: 'scheduled', reason: 'awaiting_claim' });
    const headers = { 'idempotency-key': randomUUID() };
    const first = await admin('POST', '/outreach/claim', {}, headers);
    const again = await admin('POST', '/outreach/claim', {}, headers);
    expect(first.body.items).toHaveLength(1);
    expect(again.body).toEqual(first.body);
    expect(await claim()).toEqual([]);
  });
});

describe('a send permit', () => {
  const contact = async (email: string): Promise<string> => {
    const { body } = await admin('POST', '/contacts', { email });
    return body.id;
  };
  const ask = (body: object, headers = {}) =>
    admin('POST', '/send-permits', { channel: 'email', ...body }, headers);

  test('is granted, is on record as a message, and its outcome is reported', async () => {
    await connect({});
    const contact_id = await contact('grace@example.com');
    const key = randomUUID();
    const news = { key, contact_id, subject: 'News', text: 'In short' };
    const headers = { 'idempotency-key': randomUUID() };
    const granted = await ask(news, headers);
    expect(granted).toMatchObject({
      status: 200,
      body: {
        verdict: 'granted',
        address: 'grace@example.com',
        status: 'sending',
        unsubscribe_url: expect.stringContaining('/u/'),
      },
    });
    expect((await ask(news, headers)).body).toEqual(granted.body);
    expect((await ask(news)).body).toMatchObject({
      verdict: 'refused',
      reason: 'already_granted',
      attempt_id: null,
    });
    expect((await ask({ key, contact_id, subject: 'Other' })).status).toBe(409);
    const { message_id, attempt_id } = granted.body;
    const listed = await admin('GET', `/messages?contact_id=${contact_id}&source=permit`);
    expect(listed.body.items).toMatchObject([{ id: message_id, status: 'sending' }]);
    const explained = await admin('GET', `/messages/${message_id}/explain`);
    expect(explained.status).toBe(200);
    expect(JSON.stringify(explained.body)).toContain('asked whether it may send it');
    await admin('POST', `/attempts/${attempt_id}/outcome`, { outcome: 'sent' });
    expect((await ask(news)).body).toMatchObject({
      verdict: 'refused',
      reason: 'already_sent',
      status: 'sent',
      attempt_id,
    });
  });

  test('is refused for who has opted out, and the refusal is on record', async () => {
    await connect({});
    const contact_id = await contact('opted-out@example.com');
    const withdrawn = await admin('POST', `/contacts/${contact_id}/consents`, {
      channel: 'email',
      state: 'withdrawn',
    });
    expect(withdrawn.status, JSON.stringify(withdrawn.body)).toBeLessThan(300);
    const { body } = await ask({ key: randomUUID(), contact_id });
    expect(body).toMatchObject({
      verdict: 'refused',
      reason: 'opted_out',
      explanation: expect.stringContaining('consent'),
      attempt_id: null,
      address: null,
    });
    expect((await admin('GET', `/messages/${body.message_id}`)).body).toMatchObject({
      status: 'skipped',
      source: 'permit',
      decisions: [{ rule: 'consent', verdict: 'skipped' }],
    });
  });

  test('waits while there is no connection to n8n', async () => {
    const contact_id = await contact('nobody@example.com');
    const { body } = await ask({ key: randomUUID(), contact_id });
    expect(body).toMatchObject({
      verdict: 'deferred',
      reason: 'no_connection',
      not_before: expect.any(String),
    });
  });
});
