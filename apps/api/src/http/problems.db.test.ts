import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

let server: TestServer;
let school: TestCaller;
beforeAll(async () => {
  server = await startTestServer();
  school = await server.apiKey();
});
afterAll(() => server.stop());

const cursor = (position: unknown[]) => Buffer.from(JSON.stringify(position)).toString('base64url');

/** A list in a list, `levels` times. */
const nested = (levels: number): unknown => (levels === 0 ? [] : [nested(levels - 1)]);

test.each([
  ['a text with a null character', 'POST', '/products', { name: 'a\u0000b', kind: 'course' }],
  ['an attribute with a null character', 'POST', '/products', { name: 'a', attributes: { b: '\u0000' } }],
  ['half a character', 'POST', '/products', { name: 'a', attributes: { b: '\ud800' } }],
  ['a cursor that only looks like ours', 'GET', `/products?cursor=${cursor(['nonsense'])}`, undefined],
  ['a filter that does not exist', 'GET', '/contacts?address=lena@mail.example', undefined],
  ['nesting without end', 'POST', '/products', { name: 'a', attributes: { b: nested(200) } }],
])('%s is the caller’s mistake', async (_, method, path, body) => {
  expect(await school(method, path, body)).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
});

test('a problem says what, where and which request, in its own media type', async () => {
  const { status, body, headers } = await school('POST', '/products', { name: '' });
  expect(status).toBe(422);
  expect(headers.get('content-type')).toContain('application/problem+json');
  expect(body).toMatchObject({ type: '/docs/problems#invalid_request', instance: '/products', status: 422 });
  expect(body.request_id).toMatch(/^[\w-]{36}$/);
  expect(body.errors).toMatchObject([{ path: 'body.name' }]);
});

test('what is missing is said to be required', async () => {
  const { body } = await school('POST', '/products', {});
  expect(body.errors).toContainEqual({ path: 'body.name', message: 'It is required.' });
});

test('a type without a body is no body', async () => {
  const { status, body } = await school('POST', '/flows/01980000-0000-7000-8000-000000000000/check', '');
  expect({ status, code: body.code }).toEqual({ status: 404, code: 'not_found' });
});

test('an address that is called in the wrong way says in which it is called', async () => {
  const wrong = await school('DELETE', '/messages/send');
  expect(wrong).toMatchObject({
    status: 405,
    body: { code: 'method_not_allowed', instance: '/messages/send' },
  });
  // GET reads a message by its id, and `send` might be one.
  expect(wrong.headers.get('allow')).toBe('GET, POST');
  expect((await school('PUT', '/flows?limit=1')).headers.get('allow')).toBe('GET, POST');
  const nothing = await school('DELETE', '/nothing/here');
  expect(nothing).toMatchObject({ status: 404, body: { code: 'not_found' } });
  expect(nothing.headers.get('allow')).toBeNull();
});

test.each([
  ['application/x-www-form-urlencoded', 'email=a%40example.com&password=p'],
  ['multipart/form-data; boundary=x', '--x--'],
  ['text/plain', '{"email":"a@example.com","password":"p"}'],
])('%s is not taken where JSON is asked for', async (type, body) => {
  const answer = await fetch(`${server.url}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });
  expect(answer.status).toBe(415);
  expect(await answer.json()).toMatchObject({ code: 'unsupported_media_type' });
});

test('JSON is taken under any of its names', async () => {
  const answer = await fetch(`${server.url}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ email: 'a@example.com', password: 'wrong' }),
  });
  expect(answer.status).toBe(401);
});
