import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

let server: TestServer;
let api: TestCaller;
beforeAll(async () => {
  server = await startTestServer();
  api = await server.apiKey();
});
afterAll(() => server.stop());

const email = (variant: object, rest: object = {}) => ({
  key: 'invite',
  channel: 'email',
  content: { default_locale: 'en', locales: { en: variant } },
  ...rest,
});

test('a template is written, written again, compared and rolled back', async () => {
  const first = await api('POST', '/templates', email({ subject: 'One', html: '<p>same\nold</p>' }));
  expect(first).toMatchObject({ status: 200, body: { current_version: 1, variables: [] } });
  const { id } = first.body;
  const second = await api(
    'POST',
    '/templates',
    email({ subject: 'Two', html: '<p>same\nnew {{firstName}}</p>' }),
  );
  expect(second.body).toMatchObject({ id, current_version: 2, variables: ['firstName'] });
  expect((await api('GET', `/templates/${id}/diff?from=1&to=2`)).body.texts).toEqual([
    {
      path: 'locales.en.html',
      lines: [
        { change: 'same', text: '<p>same' },
        { change: 'removed', text: 'old</p>' },
        { change: 'added', text: 'new {{firstName}}</p>' },
      ],
    },
    {
      path: 'locales.en.subject',
      lines: [
        { change: 'removed', text: 'One' },
        { change: 'added', text: 'Two' },
      ],
    },
  ]);
  const back = await api('POST', `/templates/${id}/rollback`, { version: 1 });
  expect(back.body).toMatchObject({ current_version: 1, content: first.body.content });
  expect((await api('POST', `/templates/${id}/rollback`, { version: 9 })).status).toBe(404);
  const patched = await api('PATCH', `/templates/${id}`, {
    name: 'Invitation',
    content: second.body.content,
  });
  expect(patched.body).toMatchObject({ name: 'Invitation', current_version: 3 });
  expect((await api('GET', `/templates/${id}/versions`)).body.items).toHaveLength(3);
});

test('faults are told with their field and line, and nothing is stored', async () => {
  const broken = email(
    { subject: 'S', mjml: '<mj-text>a</mj-text>\n<mj-txet>b</mj-txet>' },
    { key: 'broken' },
  );
  expect(await api('POST', '/templates', broken)).toMatchObject({
    status: 422,
    body: {
      code: 'invalid_template',
      errors: [{ path: 'content.locales.en.mjml', message: expect.stringMatching(/^Line 2: <mj-txet>/) }],
    },
  });
  expect((await api('GET', '/templates?key=broken')).body.items).toEqual([]);
  const both = email({ subject: 'S', mjml: '<mj-text>a</mj-text>', html: '<p>a</p>' });
  expect((await api('POST', '/templates', both)).status).toBe(422);
  const { body } = await api('POST', '/templates', email({ subject: 'S', html: 'x' }, { key: 'typed' }));
  const wrong = { content: { default_locale: 'en', locales: { en: { text: 'sms' } } } };
  expect((await api('PATCH', `/templates/${body.id}`, wrong)).status).toBe(422);
});

test('a preview shows what a contact would get, with advice', async () => {
  const { body: ada } = await api('POST', '/contacts', {
    email: 'ada@example.com',
    first_name: 'Ada',
    locale: 'de',
  });
  const draft = {
    channel: 'sms',
    contact_id: ada.id,
    content: {
      default_locale: 'en',
      locales: { en: { text: 'Hi {{firstName}}' }, de: { text: 'Moin {{firstName}} – {{fristName}} 🚤' } },
    },
  };
  const { body } = await api('POST', '/templates/preview', draft);
  expect(body).toMatchObject({
    text: 'Moin Ada –  🚤',
    sms: { encoding: 'UCS-2', segments: 1, outside_gsm7: ['–', '🚤'] },
  });
  expect(body.lint.map((finding: { code: string }) => finding.code)).toEqual(
    expect.arrayContaining(['unknown_variable', 'no_default', 'sms_not_gsm7']),
  );
  expect((await api('POST', '/templates/preview', { ...draft, locale: 'en' })).body.text).toBe('Hi Ada');
  const stranger = await server.apiKey(undefined, await server.db.organization('Another school'));
  expect((await stranger('POST', '/templates/preview', draft)).status).toBe(404);
});

test('a preview that cannot be rendered says why', async () => {
  const draft = {
    channel: 'sms',
    content: { default_locale: 'en', locales: { en: { text: '{{ 5 | money: "NOPE" }}' } } },
  };
  expect((await api('POST', '/templates/preview', draft)).body).toMatchObject({
    text: null,
    error: expect.stringContaining('NOPE'),
  });
});
