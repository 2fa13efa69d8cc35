import type { FlowDefinition, Step } from '@halyard/contracts/flows/definition';
import type { Turn } from './choices.js';
import { entryRequirements, isWaitedAt, requirementsOf, setBy, standingRequirements } from './choices.js';
import type { Requirement } from './requirement.js';
import { withKnown } from './requirement.js';

/** A stretch of a way on which no time need pass, up to the wait that ends it. */
export interface Stretch {
  required: Requirement[];
  wait: { step: Step; took: string | null } | null;
}

/** A way cut at its waits. What a step sets on the way is known to the branches after it. */
export function stretchesOf(definition: FlowDefinition, way: readonly Turn[]): Stretch[] {
  const places = new Map(definition.steps.map((step, n) => [step.id, { step, n }]));
  const standing = standingRequirements(definition);
  const stretches: Stretch[] = [];
  let required = [...entryRequirements(definition), ...standing];
  let known = new Map<string, unknown>();
  for (const { step: id, took } of way) {
    const place = places.get(id);
    if (!place) continue;
    const asked = requirementsOf(place.step, place.n, took);
    required.push(...asked.map((one) => ({ ...one, condition: withKnown(one.condition, known, null) })));
    known = new Map([...known, ...setBy(place.step)]);
    if (!isWaitedAt(place.step)) continue;
    stretches.push({ required, wait: { step: place.step, took } });
    required = [...standing];
    known = new Map();
  }
  return [...stretches, { required, wait: null }];
}
