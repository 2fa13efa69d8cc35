import type { FlowDefinition, Step } from '@halyard/contracts/flows/definition';

/** Where a way out of a step is named: `next`, a branch, an arm, the timeout of a wait, or the failure of a workflow. */
export type Port =
  | { is: 'next' }
  | { is: 'branch'; at: number }
  | { is: 'arm'; at: number }
  | { is: 'timeout' }
  | { is: 'failure' };

/** A way from one step to the next. `from` null is the trigger, `to` null the end of the flow. */
export interface Way {
  from: string | null;
  port: Port;
  to: string | null;
}

export const wayKey = ({ from, port }: Pick<Way, 'from' | 'port'>): string =>
  `${from ?? ''}:${port.is}${'at' in port ? port.at : ''}`;

/** Where a step leads when it says nothing: the one below it, or the end. */
export const below = (steps: readonly Step[], id: string): string | null =>
  steps[steps.findIndex((step) => step.id === id) + 1]?.id ?? null;

const onward = (steps: readonly Step[], step: Step): string | null =>
  step.next === undefined ? below(steps, step.id) : step.next;

/** Every way of the definition, from the trigger on, in the order of its steps. */
export function waysOf({ steps }: FlowDefinition): Way[] {
  const first: Way = { from: null, port: { is: 'next' }, to: steps[0]?.id ?? null };
  return [first, ...steps.flatMap((step) => outOf(steps, step))];
}

function outOf(steps: readonly Step[], step: Step): Way[] {
  const from = step.id;
  const next: Way = { from, port: { is: 'next' }, to: onward(steps, step) };
  switch (step.type) {
    case 'exit':
      return [];
    case 'branch':
      return [
        ...step.branches.map(({ next: to }, at): Way => ({ from, port: { is: 'branch', at }, to })),
        next,
      ];
    case 'split':
      return step.arms.map(({ next: to }, at): Way => ({ from, port: { is: 'arm', at }, to }));
    case 'wait':
      if (step.wait.for !== 'event' || step.wait.on_timeout === undefined) return [next];
      return [next, { from, port: { is: 'timeout' }, to: step.wait.on_timeout }];
    case 'n8n_workflow':
      return [
        next,
        ...(step.on_timeout === undefined
          ? []
          : [{ from, port: { is: 'timeout' }, to: step.on_timeout } as const]),
        ...(step.on_failure === undefined
          ? []
          : [{ from, port: { is: 'failure' }, to: step.on_failure } as const]),
      ];
    default:
      return [next];
  }
}

/** The steps that a run can come to. */
export function reachable(definition: FlowDefinition): Set<string> {
  const ways = waysOf(definition);
  const found = new Set<string>();
  const visit = (from: string | null) => {
    for (const { to } of ways.filter((way) => way.from === from)) {
      if (to === null || found.has(to)) continue;
      found.add(to);
      visit(to);
    }
  };
  visit(null);
  return found;
}
