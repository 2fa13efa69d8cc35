import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

const phone = {
  'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148 Safari/604.1',
};
const form = { 'content-type': 'application/x-www-form-urlencoded', ...phone };

let server: TestServer;
let api: TestCaller;
beforeAll(async () => {
  server = await startTestServer({ loops: true, settings: { PUBLIC_URL: 'https://go.haff.example' } });
  api = await server.apiKey();
  const admin = await server.as('admin');
  await admin('POST', '/connections', { provider: 'sandbox', name: 'Sandbox', settings: {}, secrets: {} });
});
afterAll(() => server.stop());

/** What arrived at the sandbox of this message, as soon as it has. */
const arrived = (messageId: string) =>
  vi.waitFor(
    async () => {
      const { items } = (await api('GET', `/sandbox/inbox?message_id=${messageId}`)).body;
      expect(items).toHaveLength(1);
      return (await api('GET', `/sandbox/inbox/${items[0].id}`)).body.payload;
    },
    { timeout: 15_000, interval: 50 },
  );

const ended = (id: string, status: string) =>
  vi.waitFor(
    async () => {
      const { body } = await api('GET', `/messages/${id}/status`);
      expect(body.status).toBe(status);
      return body;
    },
    { timeout: 15_000, interval: 50 },
  );

const pathOf = (url: string): string => new URL(url).pathname;

async function contact(email: string) {
  return (await api('POST', '/contacts', { email, first_name: 'Ada <3', locale: 'de-AT' })).body.id as string;
}

test('a template goes out in the contact’s language; its links and way out lead back here', async () => {
  await api('POST', '/templates', {
    key: 'news',
    channel: 'email',
    content: {
      default_locale: 'en',
      locales: {
        en: { subject: 'News', mjml: '<mj-text>News</mj-text>' },
        de: {
          subject: 'Neues für {{firstName}}',
          mjml: '<mj-text>Moin {{firstName}}</mj-text><mj-button href="https://haff.example/kurse">Kurse</mj-button>',
        },
      },
    },
  });
  const contact_id = await contact('ada@example.com');
  const order = { contact_id, channels: ['email'], template: 'news', topic: 'news' };
  const { id } = (await api('POST', '/messages/send', order)).body;
  const mail = await arrived(id);
  expect(mail).toMatchObject({
    subject: 'Neues für Ada <3',
    html: expect.stringContaining('Moin Ada &lt;3'),
  });
  expect(mail.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');

  const [released] = (await api('GET', `/messages/${id}`)).body.decisions;
  expect(released.facts.checks).toContainEqual({ rule: 'render', verdict: 'pass', facts: { locale: 'de' } });

  const link = /href="(https:\/\/go\.haff\.example\/t\/c\/[^"]+)"/.exec(mail.html)?.[1] ?? '';
  const followed = await server.anonymous('GET', pathOf(link), undefined, phone);
  expect(followed.headers.get('location')).toBe('https://haff.example/kurse');

  const out = pathOf(mail.headers['List-Unsubscribe'].slice(1, -1));
  await server.anonymous('GET', out, undefined, phone);
  await arrived((await api('POST', '/messages/send', order)).body.id); // looking changed nothing
  await server.anonymous('POST', out, 'List-Unsubscribe=One-Click', form);
  const next = (await api('POST', '/messages/send', order)).body;
  expect(await ended(next.id, 'skipped')).toMatchObject({ reason: 'opted_out' });
  const decisions = (await api('GET', `/messages/${next.id}`)).body.decisions;
  expect(decisions).toContainEqual(expect.objectContaining({ rule: 'consent' }));
  // Another topic, and what is no marketing, still reach them.
  await arrived((await api('POST', '/messages/send', { ...order, topic: 'offers' })).body.id);
  await arrived((await api('POST', '/messages/send', { ...order, class: 'transactional' })).body.id);
});

test('a pending consent sends the question, and its button answers it', async () => {
  const id = await contact('grace@example.com');
  const asked = await api('POST', `/contacts/${id}/consents`, {
    state: 'pending',
    channel: 'email',
    source: 'form',
  });
  expect(asked.status).toBe(201);
  const { items } = (await api('GET', `/messages?contact_id=${id}&source=system`)).body;
  const mail = await arrived(items[0].id);
  expect(mail.subject).toBe('Bitte bestätigen Sie Ihre E-Mail-Adresse');
  expect(mail.headers).toEqual({});
  const link = /href="(https:\/\/go\.haff\.example\/c\/[^"]+)"/.exec(mail.html)?.[1] ?? '';
  expect((await server.anonymous('POST', pathOf(link), '', form)).body).toContain('Vielen Dank');
  const { current } = (await api('GET', `/contacts/${id}/consents`)).body;
  expect(current).toMatchObject([{ channel: 'email', state: 'granted', source: 'double_opt_in' }]);
});

test('a test of a template arrives as it would for its booking', async () => {
  const { body: template } = await api('POST', '/templates', {
    key: 'reminder',
    channel: 'sms',
    content: {
      default_locale: 'de',
      locales: { de: { text: 'Moin {{firstName}}, {{eventName}} am {{eventDate}}' } },
    },
  });
  const { body } = await api('POST', `/templates/${template.id}/test`, { to: '+49 170 1234567' });
  const sms = await arrived(body.message_id);
  expect(sms).toMatchObject({ channel: 'sms', to: '+491701234567' });
  expect(sms.text).toMatch(/^Moin Ada, SKS sailing course am \d/);
});

test('a test comes in the language and class that the author chose, at once', async () => {
  const say = (subject: string) => ({ subject, html: '<p>{{firstName}}</p>' });
  const { body: template } = await api('POST', '/templates', {
    key: 'letter',
    channel: 'email',
    content: { default_locale: 'de', locales: { de: say('Brief'), en: say('Letter') } },
  });
  const trying = async (how: object) => {
    const { body } = await api('POST', `/templates/${template.id}/test`, { to: 'me@example.com', ...how });
    return arrived(body.message_id);
  };
  const marketing = await trying({ locale: 'en' });
  expect(marketing).toMatchObject({ subject: 'Letter', html: expect.stringContaining('>Unsubscribe<') });
  expect(marketing.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
  const transactional = await trying({ class: 'transactional', locale: 'de' });
  expect(transactional).toMatchObject({ subject: 'Brief', headers: {} });
  expect(transactional.html).not.toContain('Abmelden');
});
