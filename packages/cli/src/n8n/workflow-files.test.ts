import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { workflowFiles } from './workflow-files.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'halyard-workflows-'));
  await mkdir(join(folder, 'ops'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (name: string, content: unknown) => writeFile(join(folder, name), JSON.stringify(content));
const plain = { name: 'Health', nodes: [], connections: {} };

test('a workflow is known by its place, and what an export has besides is left out', async () => {
  await write('ops/health.json', {
    ...plain,
    id: 'x1',
    versionId: 'v',
    meta: { instanceId: 'i' },
    pinData: {},
  });
  expect(await workflowFiles(folder)).toEqual([{ ...plain, key: 'ops/health', settings: {}, active: false }]);
});

test('what is no workflow is told with its file', async () => {
  await write('ops/health.json', { nodes: [] });
  await expect(workflowFiles(folder)).rejects.toThrow(/ops\/health\.json is no workflow: it needs a name/);
  await write('ops/health.json', { ...plain, nodes: [{ name: 'A' }] });
  await expect(workflowFiles(folder)).rejects.toThrow(/ops\/health\.json has a node without/);
});

test('two of the same name, an empty folder and none at all are told', async () => {
  await expect(workflowFiles(folder)).rejects.toThrow('There are no workflows');
  await write('ops/health.json', plain);
  await write('ops/again.json', plain);
  await expect(workflowFiles(folder)).rejects.toThrow('ops/again and ops/health are both named Health');
  await expect(workflowFiles(join(folder, 'elsewhere'))).rejects.toThrow('is no folder');
});
