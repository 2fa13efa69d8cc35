'use client';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';

export interface FlowCanvasProps {
  definition: FlowDefinition;
  /** The definition as it is after an edit: one step in the history that it shares with the form. */
  onChange: (next: FlowDefinition) => void;
  readOnly: boolean;
  /** Runs that stand at each step, by its id; null where that is not known. */
  counts: Readonly<Record<string, number>> | null;
}

/** The definition as a drawing. */
export function FlowCanvas({ definition }: FlowCanvasProps) {
  return (
    <ol className="grid gap-2 p-5">
      {definition.steps.map((step) => (
        <li key={step.id}>{step.name ?? step.id}</li>
      ))}
    </ol>
  );
}
