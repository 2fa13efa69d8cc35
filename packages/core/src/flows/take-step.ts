import type { FlowDefinition, Step } from '@halyard/contracts/flows/definition';
import { explain } from '../conditions/evaluate.js';
import { withContactUpdate } from './contact-update.js';
import { draw, lot } from './lot.js';
import type { Effect } from './run.js';
import { takeWait } from './take-wait.js';
import { takeWorkflow } from './take-workflow.js';
import type { Taken, Walk, WalkContext } from './walk-state.js';

type StepOf<Type extends Step['type']> = Extract<Step, { type: Type }>;

/** Takes one step: notes what it does in the walk, and says where it leads. */
export function takeStep(step: Step, walk: Walk, context: WalkContext): Taken {
  const onward = { kind: 'on', next: nextOf(step, context.definition) } as const;
  switch (step.type) {
    case 'message':
      passMessage(step, walk);
      return onward;
    case 'wait':
      return takeWait(step, onward.next, walk, context);
    case 'n8n_workflow':
      return takeWorkflow(step, onward.next, walk, context);
    case 'branch':
      return takeBranch(step, onward.next, walk, context);
    case 'split': {
      const arm = draw(step.arms, lotOf(step, context));
      walk.decisions.push({ rule: 'split', verdict: arm?.name ?? 'none', facts: { step: step.id } });
      return arm ? { kind: 'on', next: arm.next } : onward;
    }
    case 'exit': {
      const reason = step.reason ?? step.id;
      walk.decisions.push({ rule: 'exit_step', verdict: reason, facts: { step: step.id } });
      return { kind: 'exit', reason };
    }
    default:
      if (context.mode === 'execute') execute(step, walk);
      return onward;
  }
}

/** By flow and contact, as versions are, and not by the run's id: a simulation knows it before there is a run. */
const lotOf = ({ id }: Step, { run }: WalkContext): number => lot(run.flowId, run.contactId, id);

/** Where a step leads when it says nothing else: its `next`, or the step below it. */
export function nextOf(step: Step, { steps }: Pick<FlowDefinition, 'steps'>): string | null {
  if (step.next !== undefined) return step.next;
  return steps[steps.findIndex(({ id }) => id === step.id) + 1]?.id ?? null;
}

function passMessage(step: StepOf<'message'>, walk: Walk): void {
  walk.passed.push({
    step: step.id,
    occurrence: (walk.visits[step.id] ?? 0) + 1,
    reachedAt: walk.moment.toISOString(),
    follows: walk.follows,
    settled: null,
  });
  walk.follows = true;
}

function execute(step: StepOf<Exclude<Effect['kind'], 'n8n_workflow'>>, walk: Walk): void {
  switch (step.type) {
    case 'update_contact':
      walk.effects.push({ kind: 'update_contact', stepId: step.id, set: step.set });
      walk.facts = withContactUpdate(walk.facts, step.set);
      return;
    case 'start_flow':
    case 'stop_flow':
      walk.effects.push({ kind: step.type, stepId: step.id, flow: step.flow });
      return;
    case 'webhook':
      walk.effects.push({ kind: 'webhook', stepId: step.id, event: step.event, data: step.data ?? {} });
  }
}

function takeBranch(
  step: StepOf<'branch'>,
  otherwise: string | null,
  walk: Walk,
  context: WalkContext,
): Taken {
  if (context.mode === 'foresee') return { kind: 'decision' };
  for (const [n, branch] of step.branches.entries()) {
    const { holds, because } = explain(branch.when, walk.facts, context.now);
    const last = n === step.branches.length - 1;
    if (!holds && !last) continue;
    const next = holds ? branch.next : otherwise;
    const facts = { step: step.id, branch: holds ? n : null, because };
    walk.decisions.push({ rule: 'branch', verdict: next ?? 'end', facts });
    return { kind: 'on', next };
  }
  return { kind: 'on', next: otherwise };
}
