import { hashOf } from '../flows/written.js';
import { withoutMark } from './mark.js';
import type { N8nNode, WorkflowBody } from './workflow.js';

/** What of a workflow people write: the same for a file and for what n8n made of it. */
export interface NormalForm {
  name: string;
  /** By name. Not in it are ids, which n8n gives, and credentials, which a person may choose there. */
  nodes: Record<string, Record<string, unknown>>;
  connections: Record<string, unknown>;
  settings: Record<string, unknown>;
}

/** n8n adds others by itself, and more with every version. */
const settingsThatCount = [
  'callerPolicy',
  'errorWorkflow',
  'executionOrder',
  'executionTimeout',
  'saveDataErrorExecution',
  'saveDataSuccessExecution',
  'saveExecutionProgress',
  'saveManualExecutions',
  'timezone',
];
const byDefault: Record<string, unknown> = { callerPolicy: 'workflowsFromSameOwner', timezone: 'DEFAULT' };

/** `nameOf` gives the name that files know a workflow by, for the id that n8n knows it by. */
export function normalForm(
  { name, nodes, connections, settings }: WorkflowBody,
  nameOf: (errorWorkflow: string) => string = (given) => given,
): NormalForm {
  const counted = settingsThatCount.flatMap((setting) => {
    const value = settings[setting];
    if (isNothing(value) || value === byDefault[setting]) return [];
    return [[setting, setting === 'errorWorkflow' ? nameOf(String(value)) : value]];
  });
  return {
    name,
    nodes: Object.fromEntries(withoutMark(nodes).map((node) => [node.name, written(node)])),
    connections: Object.fromEntries(
      Object.entries(connections).flatMap(([from, outputs]) => {
        const linked = withoutEmpty(outputs as Record<string, unknown[]>);
        return Object.keys(linked).length ? [[from, linked]] : [];
      }),
    ),
    settings: Object.fromEntries(counted),
  };
}

export const fingerprintOf = (form: NormalForm): string => hashOf(form).slice(0, 16);

const given = new Set(['id', 'webhookId', 'name', 'credentials']);

function written(node: N8nNode): Record<string, unknown> {
  const counted = Object.entries(node).filter(
    ([field, value]) => !given.has(field) && !isNothing(value) && value !== false,
  );
  return Object.fromEntries(counted);
}

/** The editor leaves empty lists behind where a line was. */
function withoutEmpty(outputs: Record<string, unknown[]>): Record<string, unknown[]> {
  const kept = Object.entries(outputs).flatMap(([kind, ends]) => {
    const last = ends.findLastIndex((each) => Array.isArray(each) && each.length > 0);
    return last < 0 ? [] : [[kind, ends.slice(0, last + 1).map((each) => each ?? [])] as const];
  });
  return Object.fromEntries(kept);
}

const isNothing = (value: unknown): boolean => value === undefined || value === null || value === '';
