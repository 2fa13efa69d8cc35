import { afterEach, beforeEach, expect, test } from 'vitest';
import { changesBetween } from './changes.js';
import { N8nApi } from './n8n-api.js';
import type { Pushed } from './push.js';
import { pushWorkflows } from './push.js';
import type { State } from './standing.js';
import { standings } from './standing.js';
import { FakeN8n } from './testing/fake-n8n.js';
import type { N8nNode, WorkflowFile } from './workflow.js';

const hook: N8nNode = {
  name: 'Hook',
  type: 'n8n-nodes-base.webhook',
  typeVersion: 2.1,
  position: [0, 0],
  parameters: { path: 'items', httpMethod: 'POST' },
};
const call: N8nNode = {
  name: 'Halyard',
  type: 'n8n-nodes-halyard.halyard',
  typeVersion: 1,
  position: [200, 0],
  parameters: { resource: 'outreach', operation: 'push' },
  credentials: { halyardApi: { name: 'Halyard' } },
};
const receive: WorkflowFile = {
  key: 'outreach/receive',
  name: 'Receive items',
  active: true,
  nodes: [hook, { ...call, name: 'Push' }],
  connections: { Hook: { main: [[{ node: 'Push', type: 'main', index: 0 }]] } },
  settings: { executionOrder: 'v1', errorWorkflow: 'Errors' },
};
const errors: WorkflowFile = {
  key: 'ops/errors',
  name: 'Errors',
  active: true,
  nodes: [{ ...hook, name: 'On error', type: 'n8n-nodes-base.errorTrigger', parameters: {} }],
  connections: {},
  settings: {},
};
const files = [receive, errors];

let fake: FakeN8n;
let n8n: N8nApi;
let url: string;
beforeEach(async () => {
  fake = new FakeN8n();
  fake.credentials.push({ id: 'c1', name: 'Halyard', type: 'halyardApi' });
  url = await fake.start();
  n8n = new N8nApi(url, fake.key);
});
afterEach(() => fake.stop());

const changed = (file: WorkflowFile, path: string): WorkflowFile => ({
  ...file,
  nodes: file.nodes.map((node) =>
    node.name === 'Hook' ? { ...node, parameters: { ...node.parameters, path } } : node,
  ),
});
const statesOf = async (of: WorkflowFile[] = files): Promise<State[]> =>
  standings(of, await n8n.workflows()).standings.map(({ state }) => state);
const done = (pushed: Pushed[]) => Object.fromEntries(pushed.map((each) => [each.key, each.done]));
const editHook = (path: string) =>
  fake.edit('Receive items', ({ nodes }) => {
    for (const node of nodes) if (node.name === 'Hook') node.parameters.path = path;
  });

test('what is missing is created with its credential, its error workflow and its tags, and activated', async () => {
  expect(await statesOf()).toEqual(['missing', 'missing']);
  const pushed = await pushWorkflows(n8n, files);
  expect(pushed.map(({ key, done, active, notes }) => ({ key, done, active, notes }))).toEqual([
    { key: 'ops/errors', done: 'created', active: true, notes: [] },
    { key: 'outreach/receive', done: 'created', active: true, notes: [] },
  ]);
  const made = fake.named('Receive items');
  expect(made.nodes.find(({ name }) => name === 'Push')?.credentials).toEqual({
    halyardApi: { id: 'c1', name: 'Halyard' },
  });
  expect(made.settings.errorWorkflow).toBe(fake.named('Errors').id);
  expect(made.tags?.map(({ name }) => name)).toEqual(['halyard', 'halyard-outreach']);
});

test('the note that marks it has a name of its own', async () => {
  const noted = { ...errors, nodes: errors.nodes.map((node) => ({ ...node, name: 'Kept as a file' })) };
  await pushWorkflows(n8n, [noted]);
  const names = fake.named('Errors').nodes.map(({ name }) => name);
  expect(names).toEqual(['Kept as a file', 'Kept as a file.']);
  expect(await statesOf([noted])).toEqual(['same']);
});

test('a second push changes nothing, and all are the same', async () => {
  await pushWorkflows(n8n, files);
  fake.changes.length = 0;
  expect(done(await pushWorkflows(n8n, files))).toEqual({
    'ops/errors': 'unchanged',
    'outreach/receive': 'unchanged',
  });
  expect(fake.changes).toEqual([]);
  expect(await statesOf()).toEqual(['same', 'same']);
});

test('what was changed here is updated, with the ids and the choices that n8n holds', async () => {
  await pushWorkflows(n8n, files);
  const before = fake.named('Receive items').nodes.find(({ name }) => name === 'Hook');
  fake.edit('Receive items', ({ nodes }) => {
    for (const node of nodes)
      if (node.name === 'Push') node.credentials = { halyardApi: { id: 'c2', name: 'Another' } };
  });
  expect(await statesOf()).toEqual(['same', 'same']);
  const now = [changed(receive, 'elsewhere'), errors];
  expect(await statesOf(now)).toEqual(['changed here', 'same']);
  expect(done(await pushWorkflows(n8n, now))['outreach/receive']).toBe('updated');
  const { nodes, active } = fake.named('Receive items');
  expect(active).toBe(true);
  const after = nodes.find(({ name }) => name === 'Hook');
  expect(after).toMatchObject({
    id: before?.id,
    webhookId: before?.webhookId,
    parameters: { path: 'elsewhere' },
  });
  expect(nodes.find(({ name }) => name === 'Push')?.credentials).toEqual({
    halyardApi: { id: 'c2', name: 'Another' },
  });
});

test('what was edited in n8n is left and reported, until it is forced', async () => {
  await pushWorkflows(n8n, files);
  editHook('mine');
  expect(await statesOf()).toEqual(['edited in n8n', 'same']);
  expect(await statesOf([changed(receive, 'yours'), errors])).toEqual([
    'changed here, edited in n8n',
    'same',
  ]);
  const [, left] = await pushWorkflows(n8n, files);
  expect(left).toMatchObject({ done: 'left', active: true });
  expect(left?.notes[0]).toContain('edited in n8n: look with halyard n8n diff outreach/receive');
  expect(fake.named('Receive items').nodes[0]?.parameters.path).toBe('mine');
  expect(done(await pushWorkflows(n8n, files, { force: true }))['outreach/receive']).toBe('updated');
  expect(await statesOf()).toEqual(['same', 'same']);
});

test('the difference names the node, the field and both values', async () => {
  await pushWorkflows(n8n, files);
  editHook('mine');
  fake.edit('Receive items', ({ nodes }) => {
    for (const node of nodes) if (node.name === 'Push') node.position = [900, 0];
  });
  const [first] = standings(files, await n8n.workflows()).standings;
  expect(first?.now && changesBetween(first.now, first.here)).toEqual([
    '~ nodes Hook parameters path: "mine" → "items"',
    '~ nodes Push stands elsewhere',
  ]);
});

test('a workflow that was made there by hand is left, unless it is the very same', async () => {
  const { key: _, active: __, ...body } = errors;
  await n8n.create(body);
  await n8n.create({ ...body, name: 'Receive items' });
  expect(await statesOf()).toEqual(['edited in n8n', 'same']);
  expect(done(await pushWorkflows(n8n, files))).toEqual({
    'ops/errors': 'updated',
    'outreach/receive': 'left',
  });
  expect(fake.workflows).toHaveLength(2);
});

test('a renamed workflow is still known, and of copies only the first is touched', async () => {
  await pushWorkflows(n8n, files);
  const { name: __, ...copy } = fake.named('Receive items');
  fake.workflows.push({ ...copy, id: 'copy', name: 'Receive items copy', createdAt: '2027-01-01T00:00:00Z' });
  fake.edit('Errors', (workflow) => {
    workflow.name = 'Failures';
  });
  expect(await statesOf()).toEqual(['same', 'edited in n8n']);
  const pushed = await pushWorkflows(n8n, [changed(receive, 'elsewhere'), errors]);
  expect(done(pushed)).toEqual({ 'ops/errors': 'left', 'outreach/receive': 'updated' });
  expect(pushed[1]?.notes[0]).toContain('Receive items copy');
  expect(fake.workflows.find(({ id }) => id === 'copy')?.nodes[0]?.parameters.path).toBe('items');
});

test('without its credential a workflow is pushed, said so, and activated when the credential is there', async () => {
  fake.credentials.length = 0;
  const [, first] = await pushWorkflows(n8n, files);
  expect(first).toMatchObject({ done: 'created', active: false });
  expect(first?.lacking).toEqual([{ node: 'Push', type: 'halyardApi', name: 'Halyard' }]);
  expect(done(await pushWorkflows(n8n, files))['outreach/receive']).toBe('unchanged');
  fake.credentials.push({ id: 'c9', name: 'The only one', type: 'halyardApi' });
  expect((await pushWorkflows(n8n, files))[1]).toMatchObject({ done: 'updated', active: true, lacking: [] });
});

test('a credential for one service is never given to another, though it is the only one of its type', async () => {
  fake.credentials.push({ id: 'c5', name: 'Halyard callers', type: 'httpHeaderAuth' });
  const crm = { ...call, name: 'Read the CRM', credentials: { httpHeaderAuth: { name: 'CRM' } } };
  const [pushed] = await pushWorkflows(n8n, [{ ...errors, nodes: [...errors.nodes, crm] }]);
  expect(pushed).toMatchObject({ active: false, lacking: [{ type: 'httpHeaderAuth', name: 'CRM' }] });
  expect(fake.named('Errors').nodes.every(({ credentials }) => !credentials)).toBe(true);
});

test('what a person switched off stays off', async () => {
  await pushWorkflows(n8n, files);
  fake.edit('Receive items', (workflow) => {
    workflow.active = false;
  });
  expect((await pushWorkflows(n8n, [changed(receive, 'elsewhere'), errors]))[1]).toMatchObject({
    done: 'updated',
    active: false,
  });
});

test('an edit that is saved between the look and the write is not lost', async () => {
  await pushWorkflows(n8n, files);
  class Slow extends N8nApi {
    override async workflow(id: string) {
      editHook('in between');
      return super.workflow(id);
    }
  }
  const slow = new Slow(url, fake.key);
  await expect(pushWorkflows(slow, [changed(receive, 'elsewhere'), errors])).rejects.toThrow(
    'was edited in n8n while',
  );
  expect(fake.named('Receive items').nodes[0]?.parameters.path).toBe('in between');
});

test('a wrong key, and an error workflow that nobody has, are told in a sentence', async () => {
  await expect(new N8nApi(url, 'wrong').workflows()).rejects.toThrow('refuses the API key');
  await expect(pushWorkflows(n8n, [receive])).rejects.toThrow('names Errors as its error workflow');
});
