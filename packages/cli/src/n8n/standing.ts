import { markIn } from './mark.js';
import type { NormalForm } from './normal-form.js';
import { fingerprintOf, normalForm } from './normal-form.js';
import type { N8nWorkflow, WorkflowFile } from './workflow.js';

/** How a file and its workflow in n8n stand to each other. */
export type State = 'missing' | 'same' | 'changed here' | 'edited in n8n' | 'changed here, edited in n8n';

export interface Standing {
  file: WorkflowFile;
  /** Null when it is missing. */
  there: N8nWorkflow | null;
  state: State;
  here: NormalForm;
  now: NormalForm | null;
  /** Workflows with the same mark: copies that somebody made, which nobody touches. */
  copies: N8nWorkflow[];
}

/** Every file with what n8n has of it, and the workflows in n8n whose file is gone. */
export function standings(
  files: readonly WorkflowFile[],
  workflows: readonly N8nWorkflow[],
): { standings: Standing[]; withoutFile: N8nWorkflow[] } {
  const nameOf = (id: string): string => {
    const workflow = workflows.find((each) => each.id === id);
    const key = workflow && markIn(workflow.nodes)?.key;
    return files.find((file) => file.key === key)?.name ?? workflow?.name ?? id;
  };
  const keys = new Set(files.map(({ key }) => key));
  return {
    standings: files.map((file) => standing(file, workflows, nameOf)),
    withoutFile: workflows.filter(({ nodes }) => {
      const mark = markIn(nodes);
      return mark !== null && !keys.has(mark.key);
    }),
  };
}

function standing(
  file: WorkflowFile,
  workflows: readonly N8nWorkflow[],
  nameOf: (id: string) => string,
): Standing {
  const here = normalForm(file);
  const [there, ...copies] = candidates(file, workflows);
  if (!there) return { file, there: null, state: 'missing', here, now: null, copies };
  const now = normalForm(there, nameOf);
  const pushed = markIn(there.nodes)?.fingerprint ?? null;
  return { file, there, state: compare(fingerprintOf(here), fingerprintOf(now), pushed), here, now, copies };
}

/** Those with its mark, the one of its name first, then the oldest; else one of its name that bears no mark. */
function candidates({ key, name }: WorkflowFile, workflows: readonly N8nWorkflow[]): N8nWorkflow[] {
  const marked = workflows
    .filter(({ nodes }) => markIn(nodes)?.key === key)
    .sort(
      (a, b) => Number(b.name === name) - Number(a.name === name) || (a.createdAt < b.createdAt ? -1 : 1),
    );
  if (marked.length) return marked;
  return workflows.filter((each) => each.name === name && !markIn(each.nodes)).slice(0, 1);
}

/** `pushed` is what both were at the last push; without it nobody knows who changed what, and nothing may be lost. */
function compare(here: string, there: string, pushed: string | null): State {
  if (here === there) return 'same';
  if (there === pushed) return 'changed here';
  return here === pushed || pushed === null ? 'edited in n8n' : 'changed here, edited in n8n';
}
