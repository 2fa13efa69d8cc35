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
