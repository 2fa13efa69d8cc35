import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { CommandFailure } from '../failure.js';
import { readJson } from '../flows/folder.js';
import type { WorkflowFile } from './workflow.js';

/** The workflows of a folder and the folders in it. Names tell them apart in n8n, so no two may have the same. */
export async function workflowFiles(folder: string): Promise<WorkflowFile[]> {
  if (!(await stat(folder).catch(() => null))?.isDirectory())
    throw new CommandFailure(`${folder} is no folder. Name the one that holds the workflows.`);
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json')).sort();
  const files = await Promise.all(names.map((name) => readWorkflow(folder, join(folder, name))));
  if (!files.length) throw new CommandFailure(`There are no workflows in ${folder}.`);
  for (const [n, { name, key }] of files.entries()) {
    const other = files.slice(0, n).find((each) => each.name === name);
    if (other) throw new CommandFailure(`${other.key} and ${key} are both named ${name}: rename one.`);
  }
  return files;
}

/** One workflow; what an export of n8n has besides (ids, dates, pinned data) is left out. */
export async function readWorkflow(folder: string, path: string): Promise<WorkflowFile> {
  const key = relative(folder, path).slice(0, -'.json'.length).split(sep).join('/');
  const content = (await readJson(path)) as Partial<WorkflowFile> | null;
  if (typeof content?.name !== 'string' || !Array.isArray(content.nodes) || !isObject(content.connections))
    throw new CommandFailure(`${path} is no workflow: it needs a name, nodes and connections.`);
  for (const node of content.nodes)
    if (typeof node?.name !== 'string' || typeof node.type !== 'string' || !isObject(node.parameters))
      throw new CommandFailure(`${path} has a node without a name, a type or parameters.`);
  const { name, nodes, connections, settings = {}, active = false } = content;
  return { key, name, nodes, connections, settings, active };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
