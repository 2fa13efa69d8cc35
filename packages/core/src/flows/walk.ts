import type { FlowDefinition, Step } from '@halyard/contracts/flows/definition';
import { takeStep } from './take-step.js';
import type { Halt, Walk, WalkContext } from './walk-state.js';

/** More steps than this at one moment are a loop; more than this in one go are taken up again in the next. */
const stepLimit = 1_000;

/** Walks on from where the walk stands until it halts; the walk is changed. */
export function walkOn(walk: Walk, context: WalkContext): Halt {
  const steps = stepsById(context.definition);
  const seen = new Set<string>();
  let atThisMoment = 0;
  for (let count = 0; walk.step !== null; count++) {
    const step = steps.get(walk.step);
    if (!step)
      throw new Error(`Run ${context.run.id} stands at step "${walk.step}", which its version lacks.`);
    // One round through a loop is enough of a view; the next is seen when the run is there.
    if (context.mode === 'foresee' && seen.has(step.id)) return { kind: 'decision' };
    if (count >= stepLimit) return { kind: 'tired' };
    seen.add(step.id);
    const taken = takeStep(step, walk, context);
    if (taken.kind !== 'on') return taken;
    atThisMoment = taken.at && taken.at > walk.moment ? 0 : atThisMoment + 1;
    if (atThisMoment >= stepLimit) return { kind: 'loop' };
    go(step.id, taken, walk);
  }
  return { kind: 'end' };
}

const known = new WeakMap<FlowDefinition, ReadonlyMap<string, Step>>();

function stepsById(definition: FlowDefinition): ReadonlyMap<string, Step> {
  const steps = known.get(definition) ?? new Map(definition.steps.map((step) => [step.id, step]));
  known.set(definition, steps);
  return steps;
}

function go(from: string, { next, at }: { next: string | null; at?: Date }, walk: Walk): void {
  walk.visits[from] = (walk.visits[from] ?? 0) + 1;
  walk.step = next;
  if (!at) return;
  walk.moment = at;
  walk.follows = false;
  walk.waiting = null;
}
