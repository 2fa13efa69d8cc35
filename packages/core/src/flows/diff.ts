import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { FlowChange } from '@halyard/contracts/flows/flow';

type Json = FlowChange['before'];

/**
 * What changes from one definition to another. Steps are told apart by their ids: one that only stands elsewhere has
 * `moved`, one that is in both is compared field by field.
 */
export function diffDefinitions(before: FlowDefinition, after: FlowDefinition): FlowChange[] {
  const { steps: stepsBefore, ...headBefore } = before;
  const { steps: stepsAfter, ...headAfter } = after;
  return [...diffValues('', headBefore, headAfter), ...diffSteps(stepsBefore, stepsAfter)];
}

type Steps = FlowDefinition['steps'];

function diffSteps(before: Steps, after: Steps): FlowChange[] {
  const old = new Map(before.map((step) => [step.id, step]));
  const changes: FlowChange[] = before
    .filter(({ id }) => !after.some((step) => step.id === id))
    .map((step) => ({ change: 'removed', path: `steps.${step.id}`, before: step as Json }));
  const moved = movedIds(before, after);
  for (const step of after) {
    const path = `steps.${step.id}`;
    const was = old.get(step.id);
    if (!was) changes.push({ change: 'added', path, after: step as Json });
    else {
      if (moved.has(step.id)) changes.push({ change: 'moved', path });
      changes.push(...diffValues(path, was, step));
    }
  }
  return changes;
}

/** Those that are not part of the longest stretch of steps that kept their order. */
function movedIds(before: Steps, after: Steps): Set<string> {
  const places = after.flatMap(({ id }) => {
    const place = before.findIndex((step) => step.id === id);
    return place < 0 ? [] : { id, place };
  });
  const longest: string[][] = [];
  for (const [n, { id, place }] of places.entries()) {
    let best: string[] = [];
    for (const [m, earlier] of places.slice(0, n).entries())
      if (earlier.place < place && (longest[m]?.length ?? 0) > best.length) best = longest[m] ?? [];
    longest.push([...best, id]);
  }
  const kept = new Set(longest.reduce((best, line) => (line.length > best.length ? line : best), []));
  return new Set(places.flatMap(({ id }) => (kept.has(id) ? [] : id)));
}

const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function diffValues(path: string, before: unknown, after: unknown): FlowChange[] {
  if (isTree(before) && isTree(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) =>
      diffValues(path ? `${path}.${name}` : name, before[name], after[name]),
    );
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (before === undefined) return [{ change: 'added', path, after: after as Json }];
  if (after === undefined) return [{ change: 'removed', path, before: before as Json }];
  return [{ change: 'changed', path, before: before as Json, after: after as Json }];
}
