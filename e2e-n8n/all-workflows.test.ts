import { pushWorkflows } from '@halyard/cli/n8n/push';
import { expect, test } from 'vitest';
import { allowedCredentials } from '../n8n/workflows/allowed-nodes.ts';
import { n8n, n8nCall, ownWorkflows, published } from './stage.ts';

/** What n8n wants of a credential before a workflow that names it may be switched on. */
const filledIn: Record<string, object> = {
  httpHeaderAuth: { name: 'x-key', value: 'of a test' },
  postgres: { host: '127.0.0.1', port: 9, database: 'nothing', user: 'nobody', password: '', ssl: 'disable' },
  smtp: { host: '127.0.0.1', port: 9, secure: false, disableStartTls: true, user: '', password: '' },
  slackApi: { accessToken: 'token', signatureSecret: '' },
  discordWebhookApi: { webhookUri: 'http://127.0.0.1:9' },
  telegramApi: { accessToken: '1:a', baseUrl: 'http://127.0.0.1:9' },
};

test('n8n takes every workflow, switches it on, and finds it unchanged at the second push', async () => {
  const known = await n8n.credentials();
  for (const [name, type] of Object.entries(allowedCredentials))
    if (!known.some((each) => each.name === name && each.type === type))
      await n8n.createCredential({ name, type, data: filledIn[type] ?? {} });
  const files = await ownWorkflows();
  const pushed = await pushWorkflows(n8n, files, { force: true });
  expect(pushed.filter(({ lacking, notes }) => lacking.length > 0 || notes.length > 0)).toEqual([]);
  const ids = pushed.flatMap(({ id }) => id ?? []);
  expect(ids).toHaveLength(files.length);
  for (const id of ids) {
    await n8n.activate(id);
    await published(id);
    await n8nCall('POST', `/workflows/${id}/deactivate`);
  }
  const again = await pushWorkflows(n8n, files);
  expect(again.filter(({ done }) => done !== 'unchanged')).toEqual([]);
}, 180_000);
