import type { FlowDefinition, Step } from '@halyard/contracts/flows/definition';
import type { WorkflowStep } from '@halyard/contracts/flows/workflow-step';
import { nextOf } from './take-step.js';

/** A way out of a step. `path` is where the definition names it; null is the end of the flow. */
export interface Way {
  to: string | null;
  path: string | null;
}

/** All ways that a run may take out of a step. */
export function waysOf(step: Step, definition: FlowDefinition): Way[] {
  const onward = { to: nextOf(step, definition), path: step.next === undefined ? null : 'next' };
  switch (step.type) {
    case 'exit':
      return [{ to: null, path: null }];
    case 'branch':
      return [...step.branches.map(({ next }, n) => ({ to: next, path: `branches.${n}.next` })), onward];
    case 'split': {
      const arms = armWays(step).filter((_, n) => (step.arms[n]?.weight ?? 0) > 0);
      return arms.length ? arms : [onward];
    }
    case 'wait':
      if (step.wait.for !== 'event' || step.wait.on_timeout === undefined) return [onward];
      return [onward, { to: step.wait.on_timeout, path: 'wait.on_timeout' }];
    case 'n8n_workflow':
      return [onward, ...workflowWays(step)];
    default:
      return [onward];
  }
}

/** Those besides the answer's: an answer is only missed by who waits for it. */
function workflowWays(step: WorkflowStep): Way[] {
  const { wait, on_timeout, on_failure } = step;
  if (!wait) return [];
  return [
    ...(on_timeout === undefined ? [] : [{ to: on_timeout, path: 'on_timeout' }]),
    ...(on_failure === undefined ? [] : [{ to: on_failure, path: 'on_failure' }]),
  ];
}

/** All arms, those without weight too: a share may be given to them later. */
export const armWays = (step: Extract<Step, { type: 'split' }>): Way[] =>
  step.arms.map(({ next }, n) => ({ to: next, path: `arms.${n}.next` }));
