import type { FlowDefinition, Step } from '@halyard/contracts/flows/definition';
import { below } from '../canvas/graph';
import { withPlaces } from './steps';

/** Whatever led to the step leads to what came after it, also the trigger and a step that said nothing; all other ways stay. */
export function removeStep(definition: FlowDefinition, id: string): FlowDefinition {
  const steps = settled(definition.steps, id);
  const gone = steps.find((step) => step.id === id);
  if (!gone || steps.length === 1) return definition;
  const after = afterOf(steps, gone);
  const heir = after === id ? null : after;
  const left = steps.filter((step) => step !== gone);
  return {
    ...definition,
    steps: left.map((step) => withPlaces(step, (place) => (place === id ? heir : place))),
  };
}

/** The step, leading to the named one whatever stands below it. */
export const leadingOn = (step: Step, next: string | null): Step => ({ ...step, next }) as Step;

const afterOf = (steps: readonly Step[], { id, next }: Step): string | null =>
  next === undefined ? below(steps, id) : next;

const fallsThrough = ({ next, type }: Step): boolean => next === undefined && type !== 'exit';

/** The same ways, so written that the step can be taken out. */
function settled(steps: readonly Step[], id: string): readonly Step[] {
  const at = steps.findIndex((step) => step.id === id);
  const [gone, above] = [steps[at], steps[at - 1]];
  if (!gone) return steps;
  const after = afterOf(steps, gone);
  const heir = after === id ? null : after;
  // The trigger leads to whatever is first, so what follows the first step has to stand right below it.
  if (!above) return heir === null ? steps : broughtUp(steps, heir);
  if (!fallsThrough(above) || heir === below(steps, id)) return steps;
  return steps.map((step) => (step === above ? leadingOn(step, heir) : step));
}

/** The step as the second, with every way as it was. */
function broughtUp(steps: readonly Step[], id: string): readonly Step[] {
  const at = steps.findIndex((step) => step.id === id);
  if (at < 2) return steps;
  const said = steps.map((step, n) =>
    (n === at || n === at - 1) && fallsThrough(step) ? leadingOn(step, below(steps, step.id)) : step,
  );
  const moved = said[at];
  return moved ? [...said.slice(0, 1), moved, ...said.filter((_, n) => n > 0 && n !== at)] : steps;
}
