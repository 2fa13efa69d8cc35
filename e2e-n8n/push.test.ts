import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callHook, n8n, published, scene } from './stage.ts';

/** `halyard n8n` against the real n8n, in a folder of workflows that only this file knows. */

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'halyard-n8n-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const hook = (path: string, text: string) => [
  {
    name: 'Hook',
    type: 'n8n-nodes-base.webhook',
    typeVersion: 2.1,
    position: [0, 0],
    parameters: { path, httpMethod: 'POST', responseMode: 'lastNode' },
  },
  {
    name: 'Answer',
    type: 'n8n-nodes-base.set',
    typeVersion: 3.4,
    position: [240, 0],
    parameters: { mode: 'raw', jsonOutput: JSON.stringify({ text }) },
  },
];
const linked = { Hook: { main: [[{ node: 'Answer', type: 'main', index: 0 }]] } };

const write = (text: string) =>
  writeFile(
    join(folder, 'answer.json'),
    JSON.stringify({
      name: 'Pushed by a test',
      active: true,
      nodes: hook('pushed-by-a-test', text),
      connections: linked,
      settings: { executionOrder: 'v1' },
    }),
  );

async function halyard(...args: string[]): Promise<{ code: number; out: string }> {
  const main = join(import.meta.dirname, '../packages/cli/dist/main.js');
  const env = { ...process.env, N8N_URL: scene.n8n.url, N8N_API_KEY: scene.n8n.apiKey };
  const run = promisify(execFile)('node', [main, 'n8n', ...args, '--folder', folder], { env });
  const { stdout, stderr } = await run.catch((failed: { stdout: string; stderr: string }) => failed);
  expect(stderr).toBe('');
  return { code: run.child.exitCode ?? -1, out: stdout };
}
const stateOf = async () => (await halyard('status')).out.split('\n')[1]?.replace(/\s{2,}/g, ' | ');
const answered = async () => {
  await published((await inN8n()).id);
  return (await callHook('pushed-by-a-test', {})).body;
};
const inN8n = async () => {
  const found = (await n8n.workflows()).find(({ name }) => name === 'Pushed by a test');
  if (!found) throw new Error('It is not in n8n.');
  return found;
};

test('push creates a workflow that answers at once, and a second push changes nothing', async () => {
  await write('Ahoy');
  expect(await stateOf()).toBe('answer | missing');
  expect(await halyard('push')).toEqual({ code: 0, out: 'answer: created\n' });
  expect(await answered()).toEqual({ text: 'Ahoy' });
  const { versionId, tags } = await inN8n();
  expect(tags?.map(({ name }) => name)).toContain('halyard');
  expect(await halyard('push')).toEqual({ code: 0, out: 'answer: unchanged\n' });
  expect((await inN8n()).versionId).toBe(versionId);
  expect(await stateOf()).toBe('answer | same | yes');
  expect(await halyard('diff')).toEqual({ code: 0, out: 'No difference.\n' });
});

test('what is changed here goes live with a push', async () => {
  await write('Moin');
  expect(await stateOf()).toBe('answer | changed here | yes');
  const { code, out } = await halyard('diff');
  expect(code).toBe(1);
  expect(out).toContain(
    'nodes Answer parameters jsonOutput: "{\\"text\\":\\"Ahoy\\"}" → "{\\"text\\":\\"Moin\\"}"',
  );
  expect((await halyard('push')).out).toBe('answer: updated\n');
  expect(await answered()).toEqual({ text: 'Moin' });
});

test('what is edited in n8n is reported and left, until it is forced', async () => {
  const { id, name, nodes, connections, settings } = await inN8n();
  for (const node of nodes) if (node.name === 'Answer') node.parameters.jsonOutput = '{"text":"mine"}';
  await n8n.update(id, { name, nodes, connections, settings: { executionOrder: settings.executionOrder } });
  expect(await stateOf()).toBe('answer | edited in n8n | yes');
  const refused = await halyard('push');
  expect(refused.code).toBe(1);
  expect(refused.out).toContain('answer: left');
  expect(await answered()).toEqual({ text: 'mine' });
  expect(await halyard('push', '--force')).toEqual({ code: 0, out: 'answer: updated\n' });
  expect(await answered()).toEqual({ text: 'Moin' });
  expect(await stateOf()).toBe('answer | same | yes');
});
