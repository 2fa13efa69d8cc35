import type { FlowDefinition, Step } from '@halyard/contracts/flows/definition';

type Place = string | null | undefined;

/** The step with every place that it names put through `lead`; a place left out stays left out. */
export function withPlaces(step: Step, lead: (place: string | null) => string | null): Step {
  const led = (place: Place): Place => (place === undefined ? undefined : lead(place));
  const next = led(step.next);
  const moved = { ...step, ...(next !== undefined && { next }) } as Step;
  switch (moved.type) {
    case 'branch':
      return { ...moved, branches: moved.branches.map((one) => ({ ...one, next: lead(one.next) })) };
    case 'split':
      return { ...moved, arms: moved.arms.map((arm) => ({ ...arm, next: lead(arm.next) })) };
    case 'wait': {
      if (moved.wait.for !== 'event') return moved;
      const late = led(moved.wait.on_timeout);
      return { ...moved, wait: { ...moved.wait, ...(late !== undefined && { on_timeout: late }) } };
    }
    case 'n8n_workflow': {
      const [late, failed] = [led(moved.on_timeout), led(moved.on_failure)];
      return {
        ...moved,
        ...(late !== undefined && { on_timeout: late }),
        ...(failed !== undefined && { on_failure: failed }),
      };
    }
    default:
      return moved;
  }
}

const withSteps = (definition: FlowDefinition, steps: Step[]): FlowDefinition => ({ ...definition, steps });

/** The step of the same id in its new shape. */
export const replaceStep = (definition: FlowDefinition, step: Step): FlowDefinition =>
  withSteps(
    definition,
    definition.steps.map((one) => (one.id === step.id ? step : one)),
  );

/** The step as the one at this place. */
export const insertStep = (definition: FlowDefinition, at: number, step: Step): FlowDefinition =>
  withSteps(definition, [...definition.steps.slice(0, at), step, ...definition.steps.slice(at)]);

/** The step taken out and put in again as the one at this place. */
export function moveStep(definition: FlowDefinition, id: string, to: number): FlowDefinition {
  const step = definition.steps.find((one) => one.id === id);
  if (!step || to < 0 || to >= definition.steps.length) return definition;
  if (definition.steps[to] === step) return definition;
  const others = definition.steps.filter((one) => one !== step);
  return withSteps(definition, [...others.slice(0, to), step, ...others.slice(to)]);
}

/** A copy right below, with an id of its own. */
export function duplicateStep(definition: FlowDefinition, id: string): FlowDefinition {
  const at = definition.steps.findIndex((step) => step.id === id);
  const step = definition.steps[at];
  if (!step) return definition;
  return insertStep(definition, at + 1, { ...step, id: freeId(definition, id) });
}

/** An id that no step has: the wanted one, or with the next free number. */
export function freeId({ steps }: FlowDefinition, wanted: string): string {
  const taken = new Set(steps.map((step) => step.id));
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/-\d+$/, '').slice(0, 58);
  let number = 2;
  while (taken.has(`${stem}-${number}`)) number++;
  return `${stem}-${number}`;
}

/** The names of steps by their ids, for whatever names a step. */
export const stepNames = ({ steps }: FlowDefinition): Record<string, string> =>
  Object.fromEntries(steps.map((step) => [step.id, step.name ?? step.id]));
