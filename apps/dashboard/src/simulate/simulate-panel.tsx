'use client';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { Flow } from '../data/flows';

export interface SimulatePanelProps {
  flow: Flow;
  /** The definition as it is edited now, saved or not. */
  draft: FlowDefinition;
}

/** Tries the definition on somebody invented, and shows what would be sent when. */
export function SimulatePanel({ flow, draft }: SimulatePanelProps) {
  return (
    <p className="p-5">
      {flow.key}: {draft.steps.length}
    </p>
  );
}
