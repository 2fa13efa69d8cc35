import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

let server: TestServer;
let editor: TestCaller;
beforeAll(async () => {
  server = await startTestServer({ loops: true });
  editor = await server.as('editor');
  const admin = await server.as('admin');
  const sandbox = { provider: 'sandbox', name: 'Sandbox', settings: {}, secrets: {} };
  expect((await admin('POST', '/connections', sandbox)).status).toBe(201);
  await write('First words');
  for (const [n, level] of [1, 2, 3, 3].entries())
    await contact(`guest${n}@example.org`, { attributes: { level }, first_name: `Guest ${n}` });
});
afterAll(() => server.stop());

const write = async (subject: string) => {
  const content = { default_locale: 'en', locales: { en: { subject, mjml: '<mj-text>Ahoy</mj-text>' } } };
  const { status, body } = await editor('POST', '/templates', { key: 'news', channel: 'email', content });
  expect(status, JSON.stringify(body)).toBe(200);
};
const contact = async (email: string, more: object = {}): Promise<string> =>
  (await editor('PUT', '/contacts', { email, ...more })).body.contact.id;
const everybody = { all: [] };
const input = { name: 'News', audience: everybody as object, channels: ['email'], template: 'news' };
async function draft(more: object = {}): Promise<string> {
  const { status, body } = await editor('POST', '/campaigns', { ...input, ...more });
  expect([status, body.status], JSON.stringify(body)).toEqual([201, 'draft']);
  return body.id;
}
const level = (value: number) => ({ field: 'contact.attributes.level', op: 'gte', value });
const read = async (id: string) => (await editor('GET', `/campaigns/${id}`)).body;
const stats = async (id: string) => (await editor('GET', `/campaigns/${id}/stats`)).body;
const recipients = async (id: string, query = '') =>
  (await editor('GET', `/campaigns/${id}/recipients${query}`)).body.items;
const until = (id: string, status: string) =>
  vi.waitFor(
    async () => {
      const campaign = await read(id);
      expect(campaign.status, JSON.stringify(campaign)).toBe(status);
      return campaign;
    },
    { timeout: 15_000, interval: 50 },
  );

test('a campaign goes to its audience, and every recipient has a message that says what it was made by', async () => {
  const id = await draft({ audience: level(2) });
  const size = (await editor('GET', `/campaigns/${id}/audience`)).body;
  expect(size).toMatchObject({ count: 3, looked_at: 4, complete: true });
  expect(size.sample.map((one: { email: string }) => one.email)).toContain('guest3@example.org');

  const started = await editor('POST', `/campaigns/${id}/start`);
  expect([started.status, started.body.status, started.body.occurrence.n]).toEqual([200, 'running', 1]);
  expect(await until(id, 'completed')).toMatchObject({ occurrence: { recipients: 3, open: 0, progress: 1 } });
  expect(await stats(id)).toMatchObject({
    occurrence: 1,
    recipients: 3,
    statuses: { SENT: 3, PROCESSING: 0, FAILED: 0 },
    reconciled: true,
  });
  const [first, ...others] = await recipients(id, '?status=SENT');
  expect(others).toHaveLength(2);
  expect(first.contact).toEqual({
    id: first.contact_id,
    name: expect.stringMatching(/^Guest/),
    address: first.address,
  });
  const told = async (locale: string) =>
    (await editor('GET', `/messages/${first.message_id}/explain?locale=${locale}`)).body;
  const english = await told('en');
  expect(english.campaign).toEqual({ id, name: 'News', occurrence: 1 });
  expect(english.sentences[0]).toMatch(/^Campaign “News”, occurrence 1, made it\./);
  expect((await told('de')).sentences[0]).toMatch(/^Kampagne „News“, Durchgang 1, hat sie erstellt\./);
});

test('who opted out, or has no address, is held back and says why', async () => {
  const out = await contact('out@example.org', { attributes: { group: 'held' } });
  await editor('POST', `/contacts/${out}/consents`, { channel: 'email', state: 'withdrawn', source: 'test' });
  const nowhere = (await editor('PUT', '/contacts', { external_id: 'n', attributes: { group: 'held' } })).body
    .contact.id;
  const id = await draft({ audience: { field: 'contact.attributes.group', op: 'eq', value: 'held' } });
  await editor('POST', `/campaigns/${id}/send`);
  await until(id, 'completed');
  expect(await stats(id)).toMatchObject({
    recipients: 2,
    statuses: { HELD_BACK: 2, SENT: 0 },
    reconciled: true,
  });
  const held = await recipients(id, '?status=HELD_BACK');
  expect(Object.fromEntries(held.map((one: Record<string, string>) => [one.contact_id, one.reason]))).toEqual(
    {
      [out]: 'opted_out',
      [nowhere]: 'no_address',
    },
  );
});

test('an audience may ask for consents', async () => {
  const fan = await contact('fan@example.org');
  await editor('POST', `/contacts/${fan}/consents`, {
    channel: 'email',
    topic: 'regatta',
    state: 'granted',
    source: 'test',
  });
  const audience = { field: 'contact.consents.email.regatta', op: 'eq', value: 'granted' };
  const size = (await editor('POST', '/campaigns/audience', { audience })).body;
  expect(size).toMatchObject({ count: 1, sample: [{ contact_id: fan, email: 'fan@example.org' }] });
});

test.each([
  [
    { field: 'subject.status', op: 'eq', value: 'confirmed' },
    'subject.status: an audience asks for facts of',
  ],
  [{ field: 'contact.consents.email', op: 'exists' }, 'contact.consents.email: name a channel and a topic'],
])('an audience that could mean nobody is refused: %j', async (audience, sentence) => {
  const { status, body } = await editor('POST', '/campaigns', { ...input, audience });
  expect([status, body.code]).toEqual([422, 'invalid_request']);
  expect(body.detail).toContain(sentence);
});

test('a pause holds what is not sent, and resuming lets it go', async () => {
  const id = await waitingForItsHour();
  expect((await editor('POST', `/campaigns/${id}/pause`)).body.status).toBe('paused');
  await hold();
  await due(id);
  await soon(async () => expect((await stats(id)).put_off).toEqual([{ reason: 'campaign_paused', n: 4 }]));
  expect((await editor('POST', `/campaigns/${id}/resume`)).body.status).toBe('running');
  await until(id, 'completed');
  expect((await stats(id)).statuses).toMatchObject({ SENT: 4, PROCESSING: 0 });
});

test('a cancellation calls off what is not under way, for good', async () => {
  const id = await waitingForItsHour();
  expect((await editor('POST', `/campaigns/${id}/cancel`)).body.status).toBe('cancelled');
  await soon(async () =>
    expect(await stats(id)).toMatchObject({ statuses: { CANCELLED: 4 }, reconciled: true }),
  );
  await hold();
  const [{ message_id }] = await recipients(id);
  const { sentences } = (await editor('GET', `/messages/${message_id}/explain`)).body;
  expect(sentences.at(-1)).toBe('It was cancelled, because its campaign was called off.');
  expect((await editor('POST', `/campaigns/${id}/resume`)).body.code).toBe('invalid_state');
});

/** A campaign whose messages are planned, and wait as it is quiet nearly all day. */
async function waitingForItsHour(): Promise<string> {
  const id = await draft({ audience: level(1) });
  await hold('00:00', '23:59');
  await editor('POST', `/campaigns/${id}/start`);
  await soon(async () => expect((await stats(id)).put_off).toEqual([{ reason: 'hours', n: 4 }]));
  return id;
}

const soon = (look: () => Promise<void>) => vi.waitFor(look, { timeout: 15_000, interval: 50 });

const hold = async (from?: string, to?: string) => {
  const quiet_hours = from ? { default: { from, to } } : {};
  const admin = await server.as('admin');
  const answer = await admin('PUT', '/organization/policy', { quiet_hours });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
};
/** Their hour has come. */
const due = (id: string) =>
  server.db.owner.query(`update messages set due_at = now() where status = 'scheduled' and subject_id = $1`, [
    id,
  ]);

test('a template that is changed after the start does not change what goes out', async () => {
  const id = await waitingForItsHour();
  await write('Second words');
  await hold();
  await due(id);
  await until(id, 'completed');
  const [one] = await recipients(id, '?status=SENT&limit=1');
  expect((await editor('GET', `/messages/${one.message_id}`)).body.payload.subject).toBe('First words');
});

test('a start without a template is refused, and what has gone out cannot be started again', async () => {
  const nothing = await draft({ template: 'no-such' });
  const refused = await editor('POST', `/campaigns/${nothing}/start`);
  expect([refused.status, refused.body.code]).toEqual([409, 'invalid_state']);
  expect(refused.body.detail).toContain('There is no such template for email');
  expect((await editor('DELETE', `/campaigns/${nothing}`)).status).toBe(204);
  expect((await editor('GET', `/campaigns/${nothing}`)).status).toBe(404);

  const id = await draft({ audience: { any: [] } });
  await editor('POST', `/campaigns/${id}/start`);
  await until(id, 'completed');
  for (const move of ['start', 'send', 'pause', 'resume', 'cancel'])
    expect((await editor('POST', `/campaigns/${id}/${move}`)).body.code, move).toBe('invalid_state');
  expect((await editor('DELETE', `/campaigns/${id}`)).body.code).toBe('invalid_state');
  expect((await editor('PUT', `/campaigns/${id}`, input)).body.code).toBe('invalid_state');
});

test('with an Idempotency-Key a start that is repeated starts once', async () => {
  const id = await draft({ audience: level(3) });
  const key = { 'idempotency-key': `start-${id}` };
  const first = await editor('POST', `/campaigns/${id}/start`, undefined, key);
  const again = await editor('POST', `/campaigns/${id}/start`, undefined, key);
  expect([first.status, again.status, again.body.occurrence.n]).toEqual([200, 200, 1]);
  await until(id, 'completed');
  expect((await stats(id)).recipients).toBe(2);
});

test('a viewer reads and changes nothing; another organization sees nothing', async () => {
  const id = await draft();
  const viewer = await server.as('viewer');
  for (const path of ['', '/audience', '/stats', '/recipients'])
    expect((await viewer('GET', `/campaigns/${id}${path}`)).status, path).toBe(200);
  for (const move of ['start', 'send', 'pause', 'resume', 'cancel'])
    expect((await viewer('POST', `/campaigns/${id}/${move}`)).status, move).toBe(403);
  expect((await viewer('POST', '/campaigns', input)).status).toBe(403);
  expect((await viewer('DELETE', `/campaigns/${id}`)).status).toBe(403);
  const other = await server.db.organization('Other school');
  const stranger = await server.as('owner', other);
  expect((await stranger('GET', '/campaigns')).body.items).toEqual([]);
  expect((await stranger('POST', `/campaigns/${id}/start`)).status).toBe(404);
  expect((await stranger('POST', '/campaigns/audience', { audience: everybody })).body.count).toBe(0);
});

test('recipients are paged in full, each once', async () => {
  const id = await draft();
  await editor('POST', `/campaigns/${id}/start`);
  const { occurrence } = await until(id, 'completed');
  const seen: string[] = [];
  let cursor = '';
  do {
    const page = (await editor('GET', `/campaigns/${id}/recipients?limit=2${cursor}`)).body;
    seen.push(...page.items.map((one: { contact_id: string }) => one.contact_id));
    cursor = page.next_cursor ? `&cursor=${page.next_cursor}` : '';
  } while (cursor);
  expect(seen).toHaveLength(occurrence.recipients);
  expect(new Set(seen).size).toBe(seen.length);
});
