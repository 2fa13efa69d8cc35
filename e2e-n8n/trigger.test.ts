import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../e2e/until.ts';
import { bringNodes, callHook, executions, halyard, n8nCall, startN8n, stopN8n } from './stage.ts';

/** The Halyard Trigger in the real n8n: subscribed by itself, once per event, only to what Halyard signed. */

interface Endpoint {
  id: string;
  url: string;
}

let workflow = '';
let others = new Set<string>();
beforeAll(async () => {
  others = new Set((await endpoints()).map(({ id }) => id));
});
afterAll(() => n8nCall('DELETE', `/workflows/${workflow}`));

const endpoints = async (): Promise<Endpoint[]> => (await halyard('GET', '/endpoints')).body.items;
const own = async () => (await endpoints()).filter(({ id }) => !others.has(id));

test('an event that happens starts the workflow once', async () => {
  workflow = await bringNodes(
    'Trigger of a test',
    [
      {
        name: 'Contact created',
        type: 'n8n-nodes-halyard.halyardTrigger',
        typeVersion: 1,
        position: [0, 0],
        parameters: { events: ['contact.created'] },
        credentials: { halyardApi: { name: 'Halyard' } },
      },
      { name: 'Done', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [240, 0], parameters: {} },
    ],
    { 'Contact created': { main: [[{ node: 'Done', type: 'main', index: 0 }]] } },
  );
  await until(own, (all) => all.length === 1);
  const made = await halyard('POST', '/contacts', { email: 'trigger@mail.example' });
  expect(made.status).toBe(201);
  const [run] = await executions(workflow, 1);
  expect(run?.status).toBe('success');
  expect(JSON.stringify(run?.data)).toContain('trigger@mail.example');
});

/** Delivers the first event once more, which n8n takes. */
async function deliverAgain(endpoint: Endpoint | undefined): Promise<void> {
  const { body: told } = await halyard('GET', `/endpoints/${endpoint?.id}/deliveries`);
  const { id } = told.items.findLast(({ type }: { type: string }) => type === 'contact.created');
  expect((await halyard('POST', `/deliveries/${id}/replay`)).status).toBe(202);
  const repeated = await until(
    async () => (await halyard('GET', `/deliveries/${id}`)).body,
    ({ status }) => status !== 'pending',
  );
  expect(repeated).toMatchObject({ status: 'delivered', last_status: 200 });
}

test('what is delivered twice starts nothing a second time, and what nobody signed starts nothing', async () => {
  const [endpoint] = await own();
  await deliverAgain(endpoint);
  const path = new URL(endpoint?.url ?? '').pathname.replace('/webhook/', '');
  const forged = createHmac('sha256', 'not the secret').update('x').digest('base64');
  const { status } = await callHook(
    path,
    { type: 'contact.created', data: {} },
    {
      'webhook-id': 'forged',
      'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
      'webhook-signature': `v1,${forged}`,
    },
  );
  expect(status).toBe(401);
  // Were one of them a run, it would have begun before that of an event which happens now.
  await halyard('POST', '/contacts', { email: 'trigger-later@mail.example' });
  const runs = await executions(workflow, 2);
  expect(runs).toHaveLength(2);
  expect(JSON.stringify(runs[0]?.data)).toContain('trigger-later@mail.example');
});

test('a repetition is known after a restart of n8n, and the endpoint is still the same', async () => {
  const [before] = await own();
  await stopN8n();
  await startN8n();
  // It answers once its triggers are on again.
  const hook = new URL(before?.url ?? '').pathname.replace('/webhook/', '');
  expect((await callHook(hook, {})).status).toBe(401);
  await deliverAgain(before);
  await halyard('POST', '/contacts', { email: 'trigger-restarted@mail.example' });
  const runs = await executions(workflow, 3);
  expect(runs).toHaveLength(3);
  expect(JSON.stringify(runs[0]?.data)).toContain('trigger-restarted@mail.example');
  expect((await own()).map(({ id }) => id)).toEqual([before?.id]);
}, 120_000);
