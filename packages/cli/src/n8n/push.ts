import { CommandFailure } from '../failure.js';
import { markIn } from './mark.js';
import type { N8nApi } from './n8n-api.js';
import { N8nRefusal } from './n8n-api.js';
import type { Lacking, Outgoing } from './outgoing.js';
import { gained, outgoing } from './outgoing.js';
import type { Standing } from './standing.js';
import { standings } from './standing.js';
import type { N8nWorkflow, WorkflowFile } from './workflow.js';

/** What became of one file. */
export interface Pushed {
  key: string;
  /** Null when it could not be created. */
  id: string | null;
  done: 'created' | 'updated' | 'unchanged' | 'left' | 'refused';
  active: boolean;
  /** What has to be made in n8n before it can work; it is not activated until then. */
  lacking: Lacking[];
  /** What else a person has to know or do. */
  notes: string[];
}

/** Creates what is missing and updates what was changed here; what somebody edited in n8n is left, unless `force`. */
export async function pushWorkflows(
  n8n: N8nApi,
  files: readonly WorkflowFile[],
  { force = false }: { force?: boolean } = {},
): Promise<Pushed[]> {
  const credentials = await n8n.credentials();
  const workflows = await n8n.workflows();
  const pushed: Pushed[] = [];
  for (const each of errorWorkflowsFirst(standings(files, workflows).standings)) {
    const { file, there, state } = each;
    try {
      const out = outgoing(file, there, credentials, (name) => idOf(name, files, workflows));
      const is =
        there && state.endsWith('edited in n8n') && !force
          ? left(each)
          : await bring(n8n, each, out, workflows);
      pushed.push(is);
    } catch (error) {
      if (!(error instanceof N8nRefusal)) throw error;
      pushed.push({ ...left(each), done: 'refused', notes: [`n8n would not have it: ${error.message}`] });
    }
  }
  return pushed;
}

/** Others name them, so they must have their ids first. */
const errorWorkflowsFirst = (all: readonly Standing[]): Standing[] => {
  const named = new Set(all.map(({ file }) => file.settings.errorWorkflow));
  return [...all].sort((a, b) => Number(named.has(b.file.name)) - Number(named.has(a.file.name)));
};

/** By the file of that name, whatever it was renamed to in n8n; else by the name there. */
function idOf(
  name: string,
  files: readonly WorkflowFile[],
  workflows: readonly N8nWorkflow[],
): string | undefined {
  const key = files.find((file) => file.name === name)?.key;
  const marked = key && workflows.find(({ nodes }) => markIn(nodes)?.key === key);
  return (marked || workflows.find((each) => each.name === name))?.id;
}

const left = ({ file, there, state }: Standing): Pushed => ({
  key: file.key,
  id: there?.id ?? null,
  done: 'left',
  active: there?.active ?? false,
  lacking: [],
  notes: [`${state}: look with halyard n8n diff ${file.key}; push --force writes over it`],
});

async function bring(
  n8n: N8nApi,
  { file, there, state, copies }: Standing,
  { body, lacking }: Outgoing,
  workflows: N8nWorkflow[],
): Promise<Pushed> {
  const { key } = file;
  const notes = copies.length
    ? [
        `has ${copies.length} copies in n8n, which are left alone: ${copies.map(({ name }) => name).join(', ')}`,
      ]
    : [];
  if (!there) {
    const made = await n8n.create(body);
    workflows.push(made);
    await n8n.tag(made, ['halyard', `halyard-${key.split('/')[0]}`.slice(0, 24)]);
    const active = file.active && !lacking.length && (await activated(n8n, made.id, notes));
    return { key, id: made.id, done: 'created', active, lacking, notes };
  }
  const { id, active } = there;
  if (state === 'same' && markIn(there.nodes) && !gained(there, body))
    return { key, id, done: 'unchanged', active, lacking, notes };
  await assertUnchanged(n8n, there, file);
  await n8n.update(id, body);
  const waited = file.active && !active && !lacking.length && gained(there, body);
  const runs = waited ? await activated(n8n, id, notes) : active;
  return { key, id, done: 'updated', active: runs, lacking, notes };
}

/** Nobody's work is written over unseen, nor what is saved while this runs. */
async function assertUnchanged(n8n: N8nApi, { id, versionId }: N8nWorkflow, { key }: WorkflowFile) {
  if ((await n8n.workflow(id)).versionId !== versionId)
    throw new CommandFailure(`${key} was edited in n8n while this was pushed. Push again.`);
}

async function activated(n8n: N8nApi, id: string, notes: string[]): Promise<boolean> {
  try {
    await n8n.activate(id);
    return true;
  } catch (error) {
    if (!(error instanceof N8nRefusal)) throw error;
    notes.push(`could not be activated: ${error.message}`);
    return false;
  }
}
