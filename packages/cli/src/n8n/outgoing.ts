import { CommandFailure } from '../failure.js';
import { markOf } from './mark.js';
import type { N8nCredential } from './n8n-api.js';
import { fingerprintOf, normalForm } from './normal-form.js';
import type { N8nNode, N8nWorkflow, WorkflowBody, WorkflowFile } from './workflow.js';

/** A credential that a file names and n8n lacks. */
export interface Lacking {
  node: string;
  type: string;
  name: string;
}

export interface Outgoing {
  body: WorkflowBody;
  lacking: Lacking[];
}

/**
 * What n8n is sent of a file: its own ids, and the credentials that somebody chose there, stay as they are. `idOf` finds the
 * workflow that is meant by a name.
 */
export function outgoing(
  file: WorkflowFile,
  there: N8nWorkflow | null,
  credentials: readonly N8nCredential[],
  idOf: (name: string) => string | undefined,
): Outgoing {
  const { key, name, connections, settings } = file;
  const known = new Map((there?.nodes ?? []).map((node) => [node.name, node]));
  const mark = markOf({ key, fingerprint: fingerprintOf(normalForm(file)) }, file.nodes);
  const lacking: Lacking[] = [];
  const nodes = [...file.nodes, mark].map((node) => {
    const { id, webhookId, credentials: chosen } = known.get(node.name) ?? {};
    const found = resolve(node, chosen ?? {}, credentials);
    lacking.push(...found.lacking);
    const { credentials: _, ...plain } = node;
    return {
      ...plain,
      ...(id && { id }),
      ...(webhookId && { webhookId }),
      ...(Object.keys(found.chosen).length && { credentials: found.chosen }),
    };
  });
  const meant = settings.errorWorkflow;
  const body = { name, nodes, connections, settings: { ...settings, ...errorWorkflow(file, meant, idOf) } };
  return { body, lacking };
}

/** Whether n8n has now what a node was pushed without. */
export function gained(there: N8nWorkflow, body: WorkflowBody): boolean {
  const known = new Map(there.nodes.map((node) => [node.name, node]));
  return body.nodes.some((node) => {
    const before = known.get(node.name)?.credentials ?? {};
    return Object.keys(node.credentials ?? {}).some((type) => !before[type]);
  });
}

function errorWorkflow(
  { key }: WorkflowFile,
  meant: unknown,
  idOf: (name: string) => string | undefined,
): { errorWorkflow?: string } {
  if (typeof meant !== 'string' || !meant) return {};
  const id = idOf(meant);
  if (!id)
    throw new CommandFailure(
      `${key} names ${meant} as its error workflow, and neither the folder nor n8n has one of that name.`,
    );
  return { errorWorkflow: id };
}

/**
 * What was chosen in n8n, else the credential of that type and name. Only of our own types any single one will do: another
 * would give the secret for one service to a second.
 */
function resolve(
  node: N8nNode,
  chosen: NonNullable<N8nNode['credentials']>,
  known: readonly N8nCredential[],
): { chosen: NonNullable<N8nNode['credentials']>; lacking: Lacking[] } {
  const found: NonNullable<N8nNode['credentials']> = {};
  const lacking: Lacking[] = [];
  for (const [type, { name }] of Object.entries(node.credentials ?? {})) {
    const ofType = known.filter((each) => each.type === type);
    const only = type.startsWith('halyard') && ofType.length === 1 ? ofType[0] : undefined;
    const one = ofType.find((each) => each.name === name) ?? only;
    if (chosen[type]) found[type] = chosen[type];
    else if (one) found[type] = { id: one.id, name: one.name };
    else lacking.push({ node: node.name, type, name });
  }
  return { chosen: found, lacking };
}
