import { join } from 'node:path';
import { N8nApi } from '@halyard/cli/n8n/n8n-api';
import { pushWorkflows } from '@halyard/cli/n8n/push';
import type { N8nNode, WorkflowFile } from '@halyard/cli/n8n/workflow';
import { workflowFiles } from '@halyard/cli/n8n/workflow-files';
import { expect, inject } from 'vitest';
import { until } from '../e2e/until.ts';
import { Account } from '../n8n/run/account.ts';

/** What tests on a real n8n and a real Halyard do. */
export const scene = inject('scene');
export const n8n = new N8nApi(scene.n8n.url, scene.n8n.apiKey);
let account: Promise<Account> | null = null;

interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers of every route and every workflow; expectations check their shape.
  body: any;
}

export async function call(
  url: string,
  method: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await fetch(url, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  try {
    return { status: answer.status, body: text ? JSON.parse(text) : null };
  } catch {
    return { status: answer.status, body: text };
  }
}

/** Calls Halyard with a key that may do everything: `await halyard('POST', '/outreach', item)`. */
export const halyard = (method: string, path: string, body?: unknown): Promise<Answer> =>
  call(scene.halyard.url + path, method, body, { 'x-api-key': scene.halyard.apiKey });

/** Calls n8n's public API: `await n8nCall('GET', '/executions?workflowId=…')`. */
export const n8nCall = (method: string, path: string, body?: unknown): Promise<Answer> =>
  call(`${scene.n8n.url}/api/v1${path}`, method, body, { 'x-n8n-api-key': scene.n8n.apiKey });

/** A body as a string is sent byte for byte. Waits until the hook is there, a second after it is activated. */
export async function callHook(
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
  method = 'POST',
): Promise<Answer> {
  const isThere = ({ status, body }: Answer) =>
    status !== 404 || !/not registered/.test(JSON.stringify(body));
  return until(() => call(`${scene.n8n.url}/webhook/${path}`, method, body, headers), isThere);
}

/** The workflows of the repository. */
export const ownWorkflows = (): Promise<WorkflowFile[]> =>
  workflowFiles(join(import.meta.dirname, '../n8n/workflows'));

/**
 * Brings a workflow of the repository to n8n, with those that it names, and activates it; `change` may set it up for the
 * test. Returns its id.
 */
export async function bring(
  key: string,
  change: (file: WorkflowFile) => WorkflowFile = (file) => file,
): Promise<string> {
  const files = await ownWorkflows();
  const file = files.find((each) => each.key === key);
  if (!file) throw new Error(`There is no workflow ${key} in n8n/workflows.`);
  const named = files.filter(({ name }) => name === file.settings.errorWorkflow && name !== file.name);
  return run([...named, change(file)].map(withEveryRun), key);
}

/** n8n keeps what went well, too: the last test asks which workflows ran. */
const withEveryRun = (file: WorkflowFile): WorkflowFile => ({
  ...file,
  settings: { ...file.settings, saveDataSuccessExecution: 'all' },
});

/** Brings a workflow that only the test knows; likewise. */
export const bringNodes = (
  name: string,
  nodes: N8nNode[],
  connections: Record<string, unknown>,
): Promise<string> =>
  run([{ key: `tests/${name}`, name, active: true, nodes, connections, settings: {} }], `tests/${name}`);

/** Brings a workflow of the test whose error workflow is that of the repository. */
export async function bringFailing(
  name: string,
  nodes: N8nNode[],
  connections: Record<string, unknown>,
): Promise<string> {
  const errors = (await ownWorkflows()).find(({ key }) => key === 'ops/errors');
  if (!errors) throw new Error('There is no workflow ops/errors.');
  const key = `tests/${name}`;
  const settings = { errorWorkflow: errors.name };
  return run([withEveryRun(errors), { key, name, active: true, nodes, connections, settings }], key);
}

async function run(files: WorkflowFile[], key: string): Promise<string> {
  const pushed = await pushWorkflows(n8n, files, { force: true });
  const one = pushed.find((each) => each.key === key);
  expect(one).toMatchObject({ notes: [], lacking: [] });
  if (!one?.id) throw new Error(`${key} was not brought to n8n.`);
  if (!one.active) await n8n.activate(one.id);
  await published(one.id);
  return one.id;
}

/** Resolves when the triggers of a workflow are those that it was given last: n8n switches them over in the background. */
export async function published(id: string): Promise<void> {
  account ??= Account.open(scene.n8n.url, scene.n8n.owner);
  const signedIn = await account;
  const { status, triggers } = await until(
    () => signedIn.publication(id),
    (seen) => !['in_progress', 'not_published'].includes(seen.status),
    30_000,
  );
  expect({ status, triggers }).toMatchObject({ status: 'published' });
}

/** Changes parameters of one node: `bring('outreach/pull', (file) => withParameters(file, 'Settings', {…}))`. */
export const withParameters = (file: WorkflowFile, node: string, parameters: object): WorkflowFile => {
  expect(file.nodes.map(({ name }) => name)).toContain(node);
  return {
    ...file,
    nodes: file.nodes.map((each) =>
      each.name === node ? { ...each, parameters: { ...each.parameters, ...parameters } } : each,
    ),
  };
};

/** As much of n8n's own record of a run, which is deep and undocumented, as tests look at. */
export interface Execution {
  id: string;
  status: 'success' | 'error' | 'running' | 'waiting' | 'new' | 'crashed' | 'canceled';
  data: { resultData: { error?: { message: string }; runData: Record<string, NodeRun[]> } };
}

/** What a step gave: per output the items. */
export interface NodeRun {
  data?: { main: { json: Record<string, unknown> }[][] };
}

/** The runs of a workflow that have ended, newest first, as soon as there are so many. */
export const executions = (workflowId: string, atLeast: number): Promise<Execution[]> =>
  until(
    async () => {
      const query = `workflowId=${workflowId}&includeData=true&limit=100`;
      const all: Execution[] = (await n8nCall('GET', `/executions?${query}`)).body.data;
      return all.filter(({ status }) => !['running', 'new', 'waiting'].includes(status));
    },
    (ended) => ended.length >= atLeast,
    30_000,
  );

/** n8n goes away and comes back with all that it had. */
export const stopN8n = (): Promise<unknown> => turn('off');
export const startN8n = (): Promise<unknown> => turn('on');

async function turn(how: 'on' | 'off'): Promise<void> {
  const { status, body } = await call(`${scene.switchUrl}/${how}`, 'POST');
  expect(status, String(body)).toBe(204);
}
