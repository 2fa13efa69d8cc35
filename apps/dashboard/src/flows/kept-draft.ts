import type { FlowDefinition } from '@halyard/contracts/flows/definition';

const keyOf = (flowId: string) => `halyard.draft.${flowId}`;

/** Keeps what could not be saved yet in this browser, so that a closed tab or a lost connection loses nothing. */
export const keepDraft = (flowId: string, definition: FlowDefinition): void =>
  localStorage.setItem(keyOf(flowId), JSON.stringify(definition));

export const forgetDraft = (flowId: string): void => localStorage.removeItem(keyOf(flowId));

/** What was kept; null where there is nothing, or nothing that can be read. */
export function keptDraft(flowId: string): FlowDefinition | null {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(flowId)) ?? 'null');
    return Array.isArray(kept?.steps) ? kept : null;
  } catch {
    return null;
  }
}
