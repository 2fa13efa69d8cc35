import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { expect, test } from 'vitest';
import { executing } from '../testing/fake-n8n';
import { executeOperation } from './execute';
import { operationOf } from './operation-of';
import { resources } from './resources';

const upsert = operationOf(resources, 'contact', 'upsert');
const list = operationOf(resources, 'contact', 'getAll');
const problem = {
  status: 422,
  body: {
    title: 'The request does not have the expected shape',
    detail: 'Two fields are wrong. Mend both.',
    code: 'invalid_request',
    request_id: 'r1',
    errors: [
      { path: 'body.email', message: 'Not an address' },
      { path: 'body.country', message: 'Use DE' },
    ],
  },
};
const failsFor = (email: string) => (asked: { body?: unknown }) =>
  (asked.body as { email: string }).email === email ? problem : { body: { outcome: 'created' } };

test('each item is a request, and what comes of it is linked to the item', async () => {
  const { asked, context } = executing(failsFor('none'), {
    items: [{}, {}],
    parameters: (item) => ({ email: `${item}@example.com`, additionalFields: { firstName: 'Ada' } }),
  });
  expect(await executeOperation(context, upsert)).toEqual([
    { json: { outcome: 'created' }, pairedItem: { item: 0 } },
    { json: { outcome: 'created' }, pairedItem: { item: 1 } },
  ]);
  expect(asked[1]).toMatchObject({
    method: 'PUT',
    path: '/contacts',
    body: { email: '1@example.com', first_name: 'Ada' },
  });
});

test('an item tried again has the key of the first try; another item, run or content another one', async () => {
  const keyOf = async (email: string, run: number) => {
    const { asked, context } = executing(() => ({}), { items: [{}, {}], parameters: { email }, run });
    await executeOperation(context, upsert);
    return asked.map(({ key }) => key);
  };
  const first = await keyOf('a@example.com', 0);
  expect(await keyOf('a@example.com', 0)).toEqual(first);
  const others = [...(await keyOf('b@example.com', 0)), ...(await keyOf('a@example.com', 1))];
  expect(new Set([...first, ...others]).size).toBe(6);
});

test("a key of one's own is taken", async () => {
  const parameters = { email: 'a@example.com', options: { idempotencyKey: 'mine' } };
  const { asked, context } = executing(() => ({}), { parameters });
  await executeOperation(context, upsert);
  expect(asked[0]?.key).toBe('mine');
});

test("what Halyard refuses is an error in Halyard's words, with every field and the item", async () => {
  const { context } = executing(() => problem, { parameters: { email: 'x' } });
  const error = await executeOperation(context, upsert).catch((one: unknown) => one);
  expect(error).toBeInstanceOf(NodeApiError);
  expect(error).toMatchObject({
    message: 'Two fields are wrong. Mend both.',
    description: 'body.email: Not an address\nbody.country: Use DE\n(invalid_request, HTTP 422, request r1)',
    httpCode: '422',
    context: { itemIndex: 0 },
  });
});

test('what was filled in wrongly is an error that names the parameter, before anything is asked', async () => {
  const { asked, context } = executing(() => ({}), { parameters: { additionalFields: { attributes: '{' } } });
  const error = await executeOperation(context, upsert).catch((one: unknown) => one);
  expect(error).toBeInstanceOf(NodeOperationError);
  expect(error).toMatchObject({ message: 'Attributes is not valid JSON' });
  expect(asked).toEqual([]);
});

test('on "continue" a failed item goes on with what was said, beside the others', async () => {
  const { context } = executing(failsFor('0@example.com'), {
    items: [{}, {}],
    parameters: (item) => ({ email: `${item}@example.com` }),
    continueOnFail: true,
  });
  const [failed, done] = await executeOperation(context, upsert);
  expect(failed).toMatchObject({
    json: { error: 'Two fields are wrong. Mend both.', details: { http_status: 422 } },
    pairedItem: { item: 0 },
  });
  expect(done).toEqual({ json: { outcome: 'created' }, pairedItem: { item: 1 } });
});

test('a server that is not there is told as that', async () => {
  const { context } = executing(
    () => {
      throw Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:4100'), { code: 'ECONNREFUSED' });
    },
    { parameters: { email: 'x' } },
  );
  await expect(executeOperation(context, upsert)).rejects.toThrow('refused the connection');
});

/** 450 contacts, on pages as they are asked for. */
const manyContacts = ({ query }: { query: { limit?: unknown; cursor?: unknown } }) => {
  const from = Number(query.cursor ?? 0);
  const items = Array.from({ length: Math.min(Number(query.limit), 450 - from) }, (_, n) => ({
    n: from + n,
  }));
  const next = from + items.length;
  return { body: { items, next_cursor: next < 450 ? String(next) : null } };
};

test.each([
  ['all of them', { returnAll: true }, 450, 3],
  ['up to a limit over several pages', { limit: 250 }, 250, 2],
  ['up to a small limit', { limit: 3 }, 3, 1],
])('a list gives %s', async (_, parameters, count, requests) => {
  const { asked, context } = executing(manyContacts, { parameters });
  const found = await executeOperation(context, list);
  expect(found.map(({ json }) => json.n)).toEqual(Array.from({ length: count }, (_, n) => n));
  expect(found.every(({ pairedItem }) => (pairedItem as { item: number }).item === 0)).toBe(true);
  expect(asked).toHaveLength(requests);
});
