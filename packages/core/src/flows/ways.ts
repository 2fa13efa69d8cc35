import type { FlowDefinition, Step } from '@halyard/contracts/flows/definition';
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
    default:
      return [onward];
  }
}

/** All arms, those without weight too: a share may be given to them later. */
export const armWays = (step: Extract<Step, { type: 'split' }>): Way[] =>
  step.arms.map(({ next }, n) => ({ to: next, path: `arms.${n}.next` }));
