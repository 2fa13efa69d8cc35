import { expect, test } from 'vitest';
import type { Asked } from '../testing/fake-n8n';
import { executing } from '../testing/fake-n8n';
import { executeOperation } from './execute';
import { operationOf } from './operation-of';
import { resources } from './resources';

const sendBatch = operationOf(resources, 'event', 'sendBatch');
const parameters = (item: number) => ({
  type: item === 1 ? 'Bad' : 'user.login',
  contactBy: 'none',
  payload: { item },
  quarantine: true,
});

/** Answers each event by itself, as Halyard does. */
const halyard = ({ body }: Asked) => {
  const { events } = body as { events: { type: string; payload: { item: number } }[] };
  const results = events.map(({ type, payload }) =>
    type === 'Bad' ? { status: 'rejected', detail: 'No' } : { status: 'accepted', id: `e${payload.item}` },
  );
  return { body: { results } };
};

test('all items go into one request, each result back to its item; one that is rejected costs no other', async () => {
  const { asked, context } = executing(halyard, { items: [{}, {}, {}], parameters });
  expect(await executeOperation(context, sendBatch)).toEqual([
    { json: { status: 'accepted', id: 'e0' }, pairedItem: { item: 0 } },
    { json: { status: 'rejected', detail: 'No' }, pairedItem: { item: 1 } },
    { json: { status: 'accepted', id: 'e2' }, pairedItem: { item: 2 } },
  ]);
  expect(asked).toMatchObject([{ path: '/events/batch', body: { quarantine: true } }]);
  expect(asked[0]?.body).toHaveProperty('events.0', { type: 'user.login', payload: { item: 0 } });
});

test('more than a request takes become several', async () => {
  const items = Array.from({ length: 1_001 }, () => ({}));
  const { asked, context } = executing(halyard, { items, parameters });
  expect(await executeOperation(context, sendBatch)).toHaveLength(1_001);
  expect(asked.map(({ body }) => (body as { events: unknown[] }).events.length)).toEqual([1_000, 1]);
});

test('a request that fails as a whole is told to each of its items', async () => {
  const refusing = () => ({ status: 503, body: { detail: 'Not now.' } });
  const { context } = executing(refusing, { items: [{}, {}], parameters, continueOnFail: true });
  const found = await executeOperation(context, sendBatch);
  expect(found.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
    ['Not now.', { item: 0 }],
    ['Not now.', { item: 1 }],
  ]);
});
