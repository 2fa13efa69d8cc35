import type { FlowDefinition, Step } from '@halyard/contracts/flows/definition';
import { leadingOn, removeStep } from '../flows/remove-step';
import type { Way } from './graph';
import { below, wayKey, waysOf } from './graph';

/**
 * Edits of the drawing. The order of the steps matters beyond what is drawn, as a step that names no `next` leads to the
 * one below it: every edit here leaves all other ways as they were.
 */

const withSteps = (definition: FlowDefinition, steps: Step[]): FlowDefinition => ({ ...definition, steps });

/** The step on the way: what led along it comes to the step first, and goes on to where it led. */
export function insertOnWay(definition: FlowDefinition, way: Way, step: Step): FlowDefinition {
  const { steps } = definition;
  const target = steps.findIndex(({ id }) => id === way.to);
  // The trigger leads to whatever is first: what leads back to the first step is put at the end.
  const at = target > 0 || way.from === null ? target : steps.length;
  const before = steps[at - 1];
  const fallsThrough = before !== undefined && before.next === undefined && before.type !== 'exit';
  const kept = fallsThrough && wayKey({ from: before.id, port: { is: 'next' } }) !== wayKey(way);
  const then = at === steps.length ? null : way.to;
  const head = steps.slice(0, at).map((one) => (kept && one === before ? leadingOn(one, then) : one));
  const mine = throughTo(step, way.to);
  const onWay = then === way.to ? mine : leadingOn(mine, way.to);
  const inserted = withSteps(definition, [...head, onWay, ...steps.slice(at)]);
  // The trigger leads to the first step: only inserted before it is it on that way.
  return way.from === null ? inserted : connect(inserted, way, step.id);
}

/** All arms and branches of a new step lead on, so that nothing is cut off by it. */
function throughTo(step: Step, to: string | null): Step {
  if (step.type === 'split') return { ...step, arms: step.arms.map((arm) => ({ ...arm, next: to })) };
  if (step.type === 'branch')
    return { ...step, branches: step.branches.map((branch) => ({ ...branch, next: to })) };
  return step;
}

/** The way leads to this step, or to the end with null. The way out of the trigger cannot be led elsewhere. */
export function connect(definition: FlowDefinition, way: Pick<Way, 'from' | 'port'>, to: string | null) {
  return withSteps(
    definition,
    definition.steps.map((step) => (step.id === way.from ? led(step, way, to, definition.steps) : step)),
  );
}

function led(step: Step, { port }: Pick<Way, 'port'>, to: string | null, steps: readonly Step[]): Step {
  switch (port.is) {
    case 'next': {
      const { next: _, ...rest } = step;
      return (below(steps, step.id) === to ? rest : { ...rest, next: to }) as Step;
    }
    case 'branch':
      return step.type === 'branch'
        ? { ...step, branches: step.branches.map((one, n) => (n === port.at ? { ...one, next: to } : one)) }
        : step;
    case 'arm':
      return step.type === 'split'
        ? { ...step, arms: step.arms.map((one, n) => (n === port.at ? { ...one, next: to } : one)) }
        : step;
    case 'timeout':
      if (step.type === 'n8n_workflow') return { ...step, on_timeout: to };
      return step.type === 'wait' && step.wait.for === 'event'
        ? { ...step, wait: { ...step.wait, on_timeout: to } }
        : step;
    case 'failure':
      return step.type === 'n8n_workflow' ? { ...step, on_failure: to } : step;
  }
}

/** The step taken out and put on the way; where it stood, its ways are closed up. */
export function moveOntoWay(definition: FlowDefinition, id: string, way: Way): FlowDefinition {
  if (way.from === id || way.to === id) return definition;
  const step = definition.steps.find((one) => one.id === id);
  if (!step || definition.steps.length === 1) return definition;
  const without = removeStep(definition, id);
  const there = waysOf(without).find((one) => wayKey(one) === wayKey(way));
  if (!there) return definition;
  const { next: _, ...rest } = step;
  return insertOnWay(without, there, rest as Step);
}
