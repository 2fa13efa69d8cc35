import type { N8nNode } from './workflow.js';

/** Whose file a workflow in n8n is, and what was pushed. */
export interface Mark {
  key: string;
  fingerprint: string;
}

const note = 'n8n-nodes-base.stickyNote';
const pattern = /`halyard n8n` · `([^`]+)` · `([0-9a-f]{16})`/;

/** The mark in a workflow, however the note that bears it was moved or renamed. */
export function markIn(nodes: readonly N8nNode[]): Mark | null {
  for (const node of nodes) {
    const [, key, fingerprint] = isMark(node) ?? [];
    if (key && fingerprint) return { key, fingerprint };
  }
  return null;
}

export const withoutMark = (nodes: readonly N8nNode[]): N8nNode[] => nodes.filter((node) => !isMark(node));

/**
 * The mark is a sticky note, which people see and which goes along when a workflow is copied or exported: n8n's public API
 * takes no fields of others, and a tag holds 24 characters.
 */
export function markOf({ key, fingerprint }: Mark, nodes: readonly N8nNode[]): N8nNode {
  const left = Math.min(...nodes.map(({ position }) => position[0]), 0);
  const top = Math.min(...nodes.map(({ position }) => position[1]), 0);
  return {
    name: nameApart(nodes),
    type: note,
    typeVersion: 1,
    position: [left, top - 200],
    parameters: {
      content: `Kept as a file. What is changed here is reported by \`halyard n8n status\` and left as it is.\n\n\`halyard n8n\` · \`${key}\` · \`${fingerprint}\``,
      height: 140,
      width: 420,
      color: 7,
    },
  };
}

/** n8n knows nodes by their names. */
function nameApart(nodes: readonly N8nNode[]): string {
  const taken = new Set(nodes.map(({ name }) => name));
  let name = 'Kept as a file';
  while (taken.has(name)) name += '.';
  return name;
}

const isMark = ({ type, parameters }: N8nNode): RegExpMatchArray | null =>
  type === note ? String(parameters.content ?? '').match(pattern) : null;
