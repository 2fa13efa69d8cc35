import { expect, test } from 'vitest';
import { bringNodes, callHook, n8nCall, scene } from './stage.ts';

/** The community package, installed as from the registry, in the real n8n. */

const credential = async (type: string): Promise<string> => {
  const { body } = await n8nCall('GET', '/credentials?limit=100');
  return body.data.find((each: { type: string }) => each.type === type).id;
};

test('the package is loaded: its credential types are known', async () => {
  for (const type of ['halyardApi', 'halyardSigningApi'])
    expect((await n8nCall('GET', `/credentials/schema/${type}`)).status).toBe(200);
});

test('the test of the credential passes, and fails with a wrong key', async () => {
  const id = await credential('halyardApi');
  const passed = await n8nCall('POST', `/credentials/${id}/test`);
  expect(passed.body).toMatchObject({ status: 'OK' });
  const wrong = await n8nCall('POST', '/credentials', {
    name: 'Wrong',
    type: 'halyardApi',
    data: { baseUrl: scene.halyard.url, apiKey: 'hal_wrong' },
  });
  expect((await n8nCall('POST', `/credentials/${wrong.body.id}/test`)).body).toMatchObject({
    status: 'Error',
  });
  await n8nCall('DELETE', `/credentials/${wrong.body.id}`);
});

test('a node calls Halyard with the credential', async () => {
  await bringNodes(
    'Contact by a test',
    [
      {
        name: 'Hook',
        type: 'n8n-nodes-base.webhook',
        typeVersion: 2.1,
        position: [0, 0],
        parameters: { path: 'contact-by-a-test', httpMethod: 'POST', responseMode: 'lastNode' },
      },
      {
        name: 'Upsert',
        type: 'n8n-nodes-halyard.halyard',
        typeVersion: 1,
        position: [240, 0],
        parameters: { resource: 'contact', operation: 'upsert', email: '={{ $json.body.email }}' },
        credentials: { halyardApi: { name: 'Halyard' } },
      },
    ],
    { Hook: { main: [[{ node: 'Upsert', type: 'main', index: 0 }]] } },
  );
  const { status, body } = await callHook('contact-by-a-test', { email: 'package@mail.example' });
  expect({ status, text: JSON.stringify(body) }).toMatchObject({
    status: 200,
    text: expect.stringContaining('package@mail.example'),
  });
});
