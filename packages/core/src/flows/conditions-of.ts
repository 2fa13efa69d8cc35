import type { Condition } from '@halyard/contracts/conditions';
import type { FlowDefinition, Step } from '@halyard/contracts/flows/definition';

/** A condition of a definition and where it is written. */
export interface PlacedCondition {
  path: string;
  step: string | null;
  condition: Condition;
}

/** Every condition in a definition: of its trigger, goal, exits and steps. */
export function conditionsOf(definition: FlowDefinition): PlacedCondition[] {
  const { trigger, goal, exits, steps } = definition;
  const found: (Omit<PlacedCondition, 'condition'> & { condition: Condition | undefined })[] = [
    {
      path: trigger.type === 'schedule' ? 'trigger.audience' : 'trigger.filter',
      step: null,
      condition:
        trigger.type === 'event'
          ? trigger.filter
          : trigger.type === 'schedule'
            ? trigger.audience
            : undefined,
    },
    { path: 'goal.condition', step: null, condition: goal?.condition },
    ...exits.map(({ condition }, n) => ({ path: `exits.${n}.condition`, step: null, condition })),
    ...steps.flatMap((step, n) =>
      ofStep(step).map(({ path, condition }) => ({ path: `steps.${n}.${path}`, step: step.id, condition })),
    ),
  ];
  return found.flatMap(({ condition, ...place }) => (condition ? { ...place, condition } : []));
}

function ofStep(step: Step): { path: string; condition: Condition | undefined }[] {
  switch (step.type) {
    case 'message':
      return [{ path: 'condition', condition: step.condition }];
    case 'wait':
      return step.wait.for === 'event' ? [{ path: 'wait.filter', condition: step.wait.filter }] : [];
    case 'branch':
      return step.branches.map(({ when }, n) => ({ path: `branches.${n}.when`, condition: when }));
    default:
      return [];
  }
}

/** The facts that a condition looks at. */
export function fieldsOf(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(fieldsOf);
  if ('any' in condition) return condition.any.flatMap(fieldsOf);
  if ('not' in condition) return fieldsOf(condition.not);
  return [condition.field];
}
