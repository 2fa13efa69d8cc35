import type { FlowDefinition, Step } from '@halyard/contracts/flows/definition';
import { cancellations } from '../../events/entities.js';
import { toContactUpdate } from '../contact-update.js';
import { nextOf } from '../take-step.js';
import type { Requirement } from './requirement.js';

/** A way out of a step, as counterexamples name it: `branches.0`, `otherwise`, `arms.1`, `event`, `timeout`, `answer`, `failure`. */
export interface Choice {
  took: string | null;
  to: string | null;
}

/** One step of a way through a definition, and how it was left. */
export interface Turn {
  step: string;
  took: string | null;
}

/** Every way that a run may take out of a step. */
export function choicesOf(step: Step, definition: FlowDefinition): Choice[] {
  const onward = nextOf(step, definition);
  switch (step.type) {
    case 'exit':
      return [{ took: null, to: null }];
    case 'branch':
      return [
        ...step.branches.map(({ next }, n) => ({ took: `branches.${n}`, to: next })),
        { took: 'otherwise', to: onward },
      ];
    case 'split': {
      const arms = step.arms.flatMap(({ weight, next }, n) =>
        weight > 0 ? { took: `arms.${n}`, to: next } : [],
      );
      return arms.length ? arms : [{ took: null, to: onward }];
    }
    case 'wait': {
      if (step.wait.for !== 'event') return [{ took: null, to: onward }];
      const timeout = step.wait.on_timeout === undefined ? onward : step.wait.on_timeout;
      return [
        { took: 'event', to: onward },
        { took: 'timeout', to: timeout },
      ];
    }
    case 'n8n_workflow': {
      if (!step.wait) return [{ took: null, to: onward }];
      const late = step.on_timeout === undefined ? onward : step.on_timeout;
      return [
        { took: 'answer', to: onward },
        { took: 'timeout', to: late },
        { took: 'failure', to: step.on_failure === undefined ? late : step.on_failure },
      ];
    }
    default:
      return [{ took: null, to: onward }];
  }
}

/** Whether time passes at a step: all facts may be others afterwards. */
export const isWaitedAt = (step: Step): boolean =>
  step.type === 'wait' || (step.type === 'n8n_workflow' && step.wait);

/** What must hold for a branch to be left this way: its own condition, and none of those above it. */
export function requirementsOf(step: Step, n: number, took: string | null): Requirement[] {
  if (step.type !== 'branch' || took === null) return [];
  const chosen = took === 'otherwise' ? step.branches.length : Number(took.slice('branches.'.length));
  return step.branches.slice(0, chosen + 1).map(({ when }, branch) => ({
    condition: when,
    holds: branch === chosen,
    path: `steps.${n}.branches.${branch}.when`,
  }));
}

/** What holds whenever a run goes on at all: else a rule would have ended it. */
export function standingRequirements({
  goal,
  exits,
  cancel_with_subject,
  trigger,
}: FlowDefinition): Requirement[] {
  const rules = [
    { rule: goal, path: 'goal.condition' },
    ...exits.map((rule, n) => ({ rule, path: `exits.${n}.condition` })),
  ];
  const standing = rules.flatMap(({ rule, path }) =>
    rule?.condition && rule.event === undefined ? { condition: rule.condition, holds: false, path } : [],
  );
  const endsWithSubject =
    cancel_with_subject && !(trigger.type === 'event' && cancellations.includes(trigger.event));
  if (endsWithSubject)
    standing.push({
      condition: { field: 'subject.status', op: 'eq', value: 'cancelled' },
      holds: false,
      path: 'cancel_with_subject',
    });
  return standing;
}

/** The facts that a step sets, by their paths. */
export function setBy(step: Step): [field: string, value: unknown][] {
  if (step.type !== 'update_contact') return [];
  const { fields, attributes } = toContactUpdate(step.set);
  return [
    ...Object.entries(fields).map(([name, value]): [string, unknown] => [`contact.${name}`, value]),
    ...Object.entries(attributes).map(([name, value]): [string, unknown] => [
      `contact.attributes.${name}`,
      value,
    ]),
  ];
}

/** What holds when the trigger lets somebody in. */
export function entryRequirements({ trigger }: FlowDefinition): Requirement[] {
  if (trigger.type === 'event' && trigger.filter)
    return [{ condition: trigger.filter, holds: true, path: 'trigger.filter' }];
  if (trigger.type === 'schedule')
    return [{ condition: trigger.audience, holds: true, path: 'trigger.audience' }];
  return [];
}
