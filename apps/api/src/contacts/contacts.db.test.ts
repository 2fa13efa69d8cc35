import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

let server: TestServer;
let editor: TestCaller;
let admin: TestCaller;
beforeAll(async () => {
  server = await startTestServer();
  editor = await server.as('editor');
  admin = await server.as('admin');
});
afterAll(() => server.stop());

test('a contact is created once; PUT updates the one that is there', async () => {
  const anna = await editor('POST', '/contacts', { email: 'Anna@Example.org', first_name: 'Anna' });
  expect(anna).toMatchObject({
    status: 201,
    body: { identities: [{ kind: 'email', address: 'anna@example.org' }] },
  });
  const again = await editor('POST', '/contacts', { email: 'anna@example.org' });
  expect(again).toMatchObject({
    status: 409,
    body: { code: 'conflict', detail: expect.stringContaining(anna.body.id) },
  });
  const updated = await editor('PUT', '/contacts', { email: 'anna@example.org', attributes: { level: 2 } });
  expect(updated).toMatchObject({ status: 200, body: { outcome: 'updated', contact: { id: anna.body.id } } });
});

test('what is wrong with an input is told with the path of the field', async () => {
  expect(await editor('POST', '/contacts', { phone: '0151 23456789' })).toMatchObject({
    status: 422,
    body: {
      code: 'invalid_request',
      errors: [{ path: 'body.phone', message: expect.stringContaining('country code') }],
    },
  });
  expect(await editor('PUT', '/contacts', { first_name: 'Nobody' })).toMatchObject({ status: 422 });
});

test('two contacts are merged and separated again', async () => {
  const one = (await editor('POST', '/contacts', { email: 'one@example.org' })).body;
  const two = (await editor('POST', '/contacts', { email: 'two@example.org' })).body;
  const merge = await editor('POST', `/contacts/${one.id}/merge`, { other_id: two.id });
  expect(merge.status).toBe(201);
  expect((await editor('GET', `/contacts/${one.id}`)).body.identities).toHaveLength(2);
  expect((await editor('GET', `/contacts?email=two@example.org`)).body.items).toMatchObject([{ id: one.id }]);
  expect((await editor('POST', `/merges/${merge.body.id}/undo`)).status).toBe(200);
  expect((await editor('GET', `/contacts?email=two@example.org`)).body.items).toMatchObject([{ id: two.id }]);
  expect(await editor('POST', `/contacts/${one.id}/merge`, { other_id: one.id })).toMatchObject({
    status: 422,
  });
});

test('consent is recorded with its proof and read back', async () => {
  const { id } = (await editor('POST', '/contacts', { email: 'consent@example.org' })).body;
  const evidence = { text_version: 'v3', ip: '192.0.2.1' };
  const granted = await editor('POST', `/contacts/${id}/consents`, {
    state: 'granted',
    channel: 'email',
    topic: 'news',
    source: 'form',
    evidence,
  });
  expect(granted).toMatchObject({ status: 201, body: { evidence } });
  await editor('POST', `/contacts/${id}/consents`, { state: 'withdrawn', channel: 'email', topic: 'news' });
  const { current, history } = (await editor('GET', `/contacts/${id}/consents`)).body;
  expect(current).toMatchObject([{ channel: 'email', topic: 'news', state: 'withdrawn' }]);
  expect(history).toHaveLength(2);
});

test('an address is suppressed however it is written, and only an admin takes it off', async () => {
  expect(
    (await editor('POST', '/suppressions', { channel: 'sms', address: '+49 151 23456789' })).status,
  ).toBe(201);
  const query = `channel=sms&address=${encodeURIComponent('0049 151 234 567 89')}`;
  expect((await editor('GET', `/suppressions?${query}`)).body.items).toMatchObject([
    { address: '+4915123456789' },
  ]);
  expect((await editor('DELETE', `/suppressions?${query}`)).status).toBe(403);
  expect((await admin('DELETE', `/suppressions?${query}`)).status).toBe(204);
  expect((await admin('DELETE', `/suppressions?${query}`)).status).toBe(404);
});

test('an export opens in a spreadsheet without running anything', async () => {
  await editor('POST', '/contacts', {
    email: 'formula@example.org',
    first_name: '=HYPERLINK("http://evil.example")',
  });
  const csv = await editor('GET', '/contacts/export.csv?email=formula@example.org');
  expect(csv.headers.get('content-type')).toContain('text/csv');
  expect(csv.body).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
  const ndjson = (await editor('GET', '/contacts/export.ndjson?email=formula@example.org')).body as string;
  expect(JSON.parse(ndjson.trim())).toMatchObject({ first_name: '=HYPERLINK("http://evil.example")' });
});

test('an erased contact is an empty shell that cannot be changed', async () => {
  const { id } = (await editor('POST', '/contacts', { email: 'gone@example.org', first_name: 'Gone' })).body;
  expect((await editor('DELETE', `/contacts/${id}`)).status).toBe(403);
  expect((await admin('DELETE', `/contacts/${id}`)).status).toBe(204);
  expect((await editor('GET', `/contacts/${id}`)).body).toMatchObject({
    first_name: null,
    identities: [],
    erased_at: expect.any(String),
  });
  expect(await editor('PATCH', `/contacts/${id}`, { first_name: 'Back' })).toMatchObject({
    status: 409,
    body: { code: 'invalid_state' },
  });
  expect((await editor('GET', '/contacts?email=gone@example.org')).body.items).toEqual([]);
});
