import type { ContactId, MessageId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { linkIdOf } from '@halyard/core/templates/email-links';
import { LinkTokens } from '@halyard/core/tracking/link-tokens';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

const phone = {
  'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148 Safari/604.1',
};
const form = { 'content-type': 'application/x-www-form-urlencoded', ...phone };

let server: TestServer;
let tokens: LinkTokens;
let school: OrgId;
beforeAll(async () => {
  server = await startTestServer();
  school = server.organization;
  tokens = new LinkTokens('a secret for tests that is long enough', server.url);
  const topics = [
    ['news', '{"en":"News","de":"Neuigkeiten"}'],
    ['offers', '{"en":"Offers <b>","de":"Angebote"}'],
  ];
  for (const [key, name] of topics)
    await server.db.owner.query('insert into topics (org_id, key, name) values ($1, $2, $3)', [
      school,
      key,
      name,
    ]);
});
afterAll(() => server.stop());

const rows = async (text: string, values: unknown[]) => (await server.db.owner.query(text, values)).rows;

async function sentMessage({ topic = '*', locale = 'en', orgId = school, contact = true } = {}) {
  const contactId = contact ? randomIds<ContactId>() : null;
  const messageId = randomIds<MessageId>();
  if (contactId)
    await rows('insert into contacts (org_id, id, locale) values ($1, $2, $3)', [orgId, contactId, locale]);
  await rows(
    `insert into messages (org_id, id, contact_id, source, class, topic, channels, channel, address, planned_at, due_at, status, sent_at)
     values ($1, $2, $3, 'api', 'marketing', $4, '{email}', 'email', $5, now(), now(), 'sent', now() - interval '1 hour')`,
    [orgId, messageId, contactId, topic, `${messageId}@example.com`],
  );
  const token = tokens.sign('unsubscribe', { orgId, messageId, contactId });
  return { orgId, contactId, messageId, token, page: `/u/${token}` };
}

const ledger = ({ contactId }: { contactId: ContactId | null }) =>
  rows('select channel, topic, state, source from consents where contact_id = $1 order by seq', [contactId]);
const eventsOf = ({ messageId }: { messageId: MessageId }) =>
  rows('select type, payload from events where subject_id = $1 order by id', [messageId]);
const times = async ({ messageId }: { messageId: MessageId }) =>
  (await rows('select opened_at, clicked_at from messages where id = $1', [messageId]))[0];

test('one click from a mail program withdraws consent, in one go with its events', async () => {
  const sent = await sentMessage();
  const answer = await server.anonymous('POST', sent.page, 'List-Unsubscribe=One-Click', form);
  expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('You are unsubscribed') });
  expect(await ledger(sent)).toEqual([
    { channel: 'email', topic: '*', state: 'withdrawn', source: 'one_click' },
  ]);
  expect((await eventsOf(sent)).map((event) => event.type)).toEqual(['message.unsubscribed']);
  const told = await rows('select type from events where contact_id = $1 order by type', [sent.contactId]);
  expect(told.map((event) => event.type)).toEqual([
    'consent.withdrawn',
    'contact.unsubscribed',
    'message.unsubscribed',
  ]);
  await server.anonymous('POST', sent.page, 'List-Unsubscribe=One-Click', form);
  expect(await ledger(sent)).toHaveLength(1);
});

test('one click works as multipart/form-data too, as RFC 8058 recommends', async () => {
  const sent = await sentMessage({ topic: 'news' });
  const body = '--x\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
  const type = { 'content-type': 'multipart/form-data; boundary=x' };
  expect((await server.anonymous('POST', sent.page, body, type)).status).toBe(200);
  expect(await ledger(sent)).toMatchObject([{ topic: 'news', state: 'withdrawn' }]);
});

test('looking at the page never unsubscribes, whoever looks', async () => {
  const sent = await sentMessage();
  for (const headers of [phone, {}, { 'user-agent': 'Barracuda' }])
    for (const method of ['GET', 'HEAD'])
      expect(
        (await server.anonymous(method, `${sent.page}?List-Unsubscribe=One-Click`, undefined, headers))
          .status,
      ).toBe(200);
  expect(await ledger(sent)).toEqual([]);
  expect(await eventsOf(sent)).toEqual([]);
});

test('the page speaks the language of the contact in the name of the organization, without scripts', async () => {
  const sent = await sentMessage({ locale: 'de-AT' });
  const { body, headers } = await server.anonymous('GET', sent.page);
  expect(body).toContain('<html lang="de">');
  expect(body).toContain('Test school');
  expect(body).toContain('Neuigkeiten');
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
  expect(body).not.toMatch(/<script|javascript:|\son[a-z]+=/i);
  const english = await server.anonymous('GET', (await sentMessage()).page);
  expect(english.body).toContain('Offers &lt;b&gt;');
});

test("the page has the organization's colour where it can be read, and its logo from nowhere else", async () => {
  const admin = await server.as('admin');
  const logo = 'data:image/png;base64,iVBORw0KGgo=';
  const { page } = await sentMessage();
  expect((await server.anonymous('GET', page)).body).not.toContain('<img');
  expect(await admin('PUT', '/organization/look', { brand_color: '#ffcc00', logo })).toMatchObject({
    status: 200,
  });
  const { body, headers } = await server.anonymous('GET', page);
  expect(body).toContain(`<img class="logo" src="${logo}" alt="Test school">`);
  expect(body).not.toContain('--accent:#ffcc00}}@media');
  expect(body).toContain('@media (prefers-color-scheme:dark){:root{--accent:#ffcc00}}');
  expect(headers.get('content-security-policy')).toContain('img-src data:;');
  for (const wrong of [
    'https://elsewhere.example/logo.png',
    'data:image/svg+xml;base64,AAAA',
    'data:image/png;base64,"><b>',
  ])
    expect(await admin('PUT', '/organization/look', { brand_color: null, logo: wrong })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'body.logo' }] },
    });
  const [{ changes }] = await rows(
    `select changes from audit_log where action = 'organization.look_replaced' order by seq desc limit 1`,
    [],
  );
  expect(changes).toEqual({ brand_color: '#ffcc00', logo: 'data:image/png, …' });
  await admin('PUT', '/organization/look', { brand_color: null, logo: null });
});

test('the page keeps the topics that are ticked and withdraws the others', async () => {
  const sent = await sentMessage();
  const saved = await server.anonymous('POST', sent.page, 'action=save&topic=offers', form);
  expect(saved.body).toMatch(/value="offers" checked/);
  expect(saved.body).not.toMatch(/value="news" checked/);
  expect(await ledger(sent)).toMatchObject([
    { topic: 'news', state: 'withdrawn', source: 'preference_page' },
  ]);
  await server.anonymous('POST', sent.page, 'action=all', form);
  const back = await server.anonymous('POST', sent.page, 'action=save&topic=news', form);
  expect(back.body).toMatch(/value="news" checked/);
  expect((await ledger(sent)).slice(1)).toMatchObject([
    { topic: '*', state: 'withdrawn' },
    { topic: 'news', state: 'granted' },
  ]);
});

test('who left everything is offered a way back, not the way out again', async () => {
  const sent = await sentMessage();
  const { body } = await server.anonymous('POST', sent.page, 'action=all', form);
  expect(body).toContain('You are unsubscribed');
  expect(body).toContain('value="save"');
  expect(body).not.toContain('value="all"');
  expect((await server.anonymous('GET', sent.page, undefined, phone)).body).toContain('value="all"');
});

test('somebody who is no contact gets their address suppressed', async () => {
  const sent = await sentMessage({ contact: false });
  await server.anonymous('POST', sent.page, 'List-Unsubscribe=One-Click', form);
  expect(
    await rows('select reason from suppressions where address = $1', [`${sent.messageId}@example.com`]),
  ).toEqual([{ reason: 'unsubscribed' }]);
});

test('who tries the way out of a test mail keeps getting mail', async () => {
  const test = await sentMessage({ contact: false });
  await rows(`update messages set source = 'test' where id = $1`, [test.messageId]);
  expect((await server.anonymous('POST', test.page, 'List-Unsubscribe=One-Click', form)).status).toBe(200);
  expect(
    await rows('select from suppressions where address = $1', [`${test.messageId}@example.com`]),
  ).toEqual([]);
});

test('where nobody is left to unsubscribe the page does not say that it was done', async () => {
  const nobody = { orgId: school, messageId: randomIds<MessageId>(), contactId: null };
  const page = `/u/${tokens.sign('unsubscribe', nobody)}`;
  expect((await server.anonymous('GET', page, undefined, phone)).status).toBe(404);
  expect((await server.anonymous('POST', page, 'action=all', form)).status).toBe(404);
});

test('a link leads to the stored target of its organization and nowhere else', async () => {
  const sent = await sentMessage();
  const url = 'https://haff.example/kurse?level=sks';
  const linkId = linkIdOf(url);
  await rows('insert into links (org_id, id, url) values ($1, $2, $3)', [school, linkId, url]);
  const click = (orgId: OrgId, id: string) =>
    `/t/c/${tokens.sign('click', { orgId, messageId: sent.messageId, linkId: id })}`;
  const followed = await server.anonymous('GET', click(school, linkId), undefined, phone);
  expect([followed.status, followed.headers.get('location')]).toEqual([302, url]);
  expect(await times(sent)).toMatchObject({ opened_at: expect.any(Date), clicked_at: expect.any(Date) });
  expect(await eventsOf(sent)).toMatchObject([{ type: 'message.clicked', payload: { machine: false, url } }]);

  const other = await server.db.organization('Another school');
  const good = click(school, linkId);
  const attempts = [
    click(other, linkId), // signed, but that organization has no such link
    click(school, linkIdOf('https://evil.example')),
    `${good.slice(0, -2)}AA`,
    `${good}?url=https://evil.example`.replace(/\/t\/c\/.{4}/, '/t/c/AAAA'),
    '/t/c/https%3A%2F%2Fevil.example',
    '/t/c/%2F%2Fevil.example',
    `/t/c/${sent.token}`,
  ];
  for (const path of attempts) {
    const refused = await server.anonymous('GET', path, undefined, phone);
    expect([path, refused.status, refused.headers.get('location')]).toEqual([path, 404, null]);
  }
});

test('an open by a person counts; those of machines are kept and do not', async () => {
  const sent = await sentMessage();
  const pixel = `/t/o/${tokens.sign('open', { orgId: school, messageId: sent.messageId })}`;
  await server.anonymous('HEAD', pixel, undefined, phone);
  await server.anonymous('GET', pixel, undefined, { 'user-agent': 'Mozilla/5.0' });
  await server.anonymous('GET', pixel, undefined, { ...phone, 'sec-purpose': 'prefetch' });
  expect(await times(sent)).toEqual({ opened_at: null, clicked_at: null });
  expect((await eventsOf(sent)).map((event) => event.payload.machine_reason).sort()).toEqual([
    'head_request',
    'known_machine',
    'prefetch',
  ]);
  const answer = await server.anonymous('GET', pixel, undefined, phone);
  expect(answer.headers.get('content-type')).toBe('image/gif');
  expect(await times(sent)).toMatchObject({ opened_at: expect.any(Date), clicked_at: null });
  expect((await server.anonymous('GET', '/t/o/nonsense')).status).toBe(200);
});

test('a double opt-in is confirmed by the button, not by looking', async () => {
  const { contactId } = await sentMessage({ locale: 'de' });
  const consentId = randomIds<never>();
  await rows(
    `insert into consents (org_id, id, contact_id, channel, topic, state, source) values ($1, $2, $3, 'email', 'news', 'pending', 'form')`,
    [school, consentId, contactId],
  );
  const path = `/c/${tokens.sign('confirm', { orgId: school, consentId })}`;
  const asked = await server.anonymous('GET', path);
  expect(asked.body).toContain('von uns E-Mails zum Thema Neuigkeiten erhalten?');
  expect(await ledger({ contactId })).toHaveLength(1);
  expect((await server.anonymous('POST', path, '', form)).body).toContain('Vielen Dank');
  expect(await ledger({ contactId })).toMatchObject([
    { state: 'pending' },
    { state: 'granted', topic: 'news' },
  ]);
  await server.anonymous('POST', path, '', form);
  expect(await ledger({ contactId })).toHaveLength(2);
});

test('forged tokens get a friendly page and change nothing', async () => {
  const sent = await sentMessage();
  const other = new LinkTokens('another secret that is long enough too', server.url);
  const forged = other.sign('unsubscribe', { ...sent });
  for (const path of [`/u/${forged}`, `/c/${sent.token}`, '/u/x', `/u/${sent.token.slice(0, -1)}`]) {
    expect(await server.anonymous('POST', path, 'action=all', form)).toMatchObject({
      status: 404,
      body: expect.stringContaining('This link does not work'),
    });
  }
  expect(await ledger(sent)).toEqual([]);
});
