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

const create = (key: string, body: unknown) => school('POST', '/products', body, { 'idempotency-key': key });
const names = async (): Promise<string[]> =>
  (await school('GET', '/products')).body.items.map((product: { name: string }) => product.name);

test('the same request again gets the same answer, says so, and does nothing', async () => {
  const first = await create('k1', { name: 'Sailing', kind: 'course' });
  const again = await create('k1', { kind: 'course', name: 'Sailing' });
  expect(first.status).toBe(201);
  expect(again.status).toBe(201);
  expect(again.body).toEqual(first.body);
  expect(first.headers.get('idempotency-replayed')).toBeNull();
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect(await names()).toEqual(['Sailing']);
});

test('the same key with another body is refused', async () => {
  await create('k2', { name: 'Rowing' });
  const other = await create('k2', { name: 'Diving' });
  expect(other.status).toBe(409);
  expect(other.body.code).toBe('idempotency_conflict');
  expect(await names()).not.toContain('Diving');
});

test('of many at once one takes effect, and each gets its answer or is told to come again', async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, () => create('k3', { name: 'Regatta' })));
  const made = answers.filter((answer) => answer.status === 201);
  expect(made.length).toBeGreaterThanOrEqual(1);
  expect(new Set(made.map((answer) => answer.body.id)).size).toBe(1);
  for (const answer of answers)
    if (answer.status !== 201) expect(answer.body.code).toBe('idempotency_in_progress');
  expect((await names()).filter((name) => name === 'Regatta')).toHaveLength(1);
});

test('a request that was refused may be corrected under the same key', async () => {
  expect((await create('k4', { name: '' })).status).toBe(422);
  expect((await create('k4', { name: 'Knots' })).status).toBe(201);
});

test('keys of one organization mean nothing in another', async () => {
  const other = await server.apiKey(undefined, await server.db.organization('Another school'));
  await create('k5', { name: 'Ours' });
  const theirs = await other('POST', '/products', { name: 'Theirs' }, { 'idempotency-key': 'k5' });
  expect(theirs.status).toBe(201);
  expect(theirs.body.name).toBe('Theirs');
});

test('a key that cannot be one is refused', async () => {
  expect((await create('two words', { name: 'Sailing' })).body.code).toBe('invalid_request');
});
