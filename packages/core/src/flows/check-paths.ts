import type { FlowFinding } from '@halyard/contracts/flows/check';
import type { FlowDefinition, Step } from '@halyard/contracts/flows/definition';
import { signOf } from '../time/arithmetic.js';
import { goingRound, neverThrough } from './checks/loops.js';
import { armWays, waysOf } from './ways.js';

/** Whether the steps hang together: every name is known, every step reached, every path ends, none goes round for free. */
export function checkPaths(definition: FlowDefinition): FlowFinding[] {
  const duplicates = duplicateIds(definition);
  const unknown = unknownTargets(definition);
  // What can be reached is only known when all names are.
  if (duplicates.length || unknown.length) return [...duplicates, ...unknown];
  return [...unreachable(definition), ...rounds(definition), ...endless(definition)];
}

function duplicateIds({ steps }: FlowDefinition): FlowFinding[] {
  const ids = steps.map(({ id }) => id);
  return steps.flatMap(({ id }, n) =>
    ids.indexOf(id) < n ? issue(n, 'id', `Two steps are called "${id}": give each a name of its own.`) : [],
  );
}

function unknownTargets(definition: FlowDefinition): FlowFinding[] {
  const ids = new Set(definition.steps.map(({ id }) => id));
  return definition.steps.flatMap((step, n) => {
    const named = step.type === 'split' ? armWays(step) : waysOf(step, definition);
    return named
      .filter(({ to }) => to !== null && !ids.has(to))
      .map(({ to, path }) => {
        const message = `Step "${step.id}" leads to "${to}", which does not exist: name one of the steps.`;
        return issue(n, path ?? 'next', message);
      });
  });
}

/** All steps that can be reached from one, itself included only when it can come back to itself. */
function reachable(from: readonly string[], ways: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>();
  const open = [...from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(ways.get(id) ?? []));
  }
  return found;
}

function graphOf(definition: FlowDefinition, include: (step: Step) => boolean = () => true) {
  return new Map(
    definition.steps
      .filter(include)
      .map((step) => [step.id, waysOf(step, definition).flatMap(({ to }) => to ?? [])] as const),
  );
}

function unreachable(definition: FlowDefinition): FlowFinding[] {
  const first = definition.steps[0];
  const found = reachable(first ? [first.id] : [], graphOf(definition));
  return definition.steps.flatMap((step, n) =>
    found.has(step.id)
      ? []
      : issue(n, 'id', `No path leads to step "${step.id}": lead one there or remove it.`, 'reachable'),
  );
}

/** Loops in which no time passes would run for ever at once. */
function rounds(definition: FlowDefinition): FlowFinding[] {
  const timeless = graphOf(definition, (step) => !takesTime(step));
  return definition.steps.flatMap((step, n) => {
    if (takesTime(step) || !reachable(timeless.get(step.id) ?? [], timeless).has(step.id)) return [];
    const message = `Step "${step.id}" comes back to itself without waiting: put a wait of some duration into the loop.`;
    const example = goingRound(definition, step.id, (one) => !takesTime(one));
    return issue(n, 'id', message, 'ends', example);
  });
}

/** A date may be over already, so waiting for one can take no time at all. */
function takesTime(step: Step): boolean {
  if (step.type === 'n8n_workflow') return step.wait && signOf(step.timeout) > 0;
  if (step.type !== 'wait') return false;
  switch (step.wait.for) {
    case 'duration':
      return signOf(step.wait.duration) > 0;
    case 'event':
      return signOf(step.wait.timeout) > 0;
    case 'time':
      return true;
    case 'anchor':
      return false;
  }
}

/** A loop that nothing leaves needs a goal or an exit, else contacts never get out. */
function endless(definition: FlowDefinition): FlowFinding[] {
  if (definition.goal || definition.exits.length) return [];
  const ways = graphOf(definition);
  const ends = new Set(
    definition.steps
      .filter((step) => waysOf(step, definition).some(({ to }) => to === null))
      .map(({ id }) => id),
  );
  return definition.steps.flatMap((step, n) => {
    if ([...reachable([step.id], ways)].some((id) => ends.has(id))) return [];
    const message = `No path from step "${step.id}" ends: lead one out of the loop, or give the flow a goal or an exit.`;
    return issue(n, 'next', message, 'ends', neverThrough(definition, step.id));
  });
}

const issue = (
  step: number,
  path: string,
  message: string,
  rule: FlowFinding['rule'] = 'steps',
  counterexample: FlowFinding['counterexample'] = null,
): FlowFinding => ({ severity: 'error', rule, path: `steps.${step}.${path}`, message, counterexample });
