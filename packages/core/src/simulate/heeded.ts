import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { isRuledOut } from '../decide/admit.js';
import { admissionsOf } from '../decide/decide-events.js';
import { concerns, mayReopen } from '../decide/relevance.js';
import { startRequested, stopRequested, ticked } from '../decide/requests.js';
import type { SeenEvent } from '../flows/run.js';
import { matchesType } from '../flows/triggers.js';
import type { SimulationState } from './state.js';

/**
 * Whether any of the flows can take notice of an event that is about a message or a run. When none can, deciding it would
 * change nothing (decide/relevance.ts), and a simulation makes two such events for every message: they are not decided.
 */
export function heedsOf(definitions: readonly FlowDefinition[]): (type: string) => boolean {
  const rules = definitions.flatMap(({ goal, exits }) => (goal ? [goal, ...exits] : exits));
  const always = rules.some(({ event }) => event === undefined);
  const patterns = [
    ...rules.flatMap(({ event }) => event ?? []),
    ...definitions.flatMap(({ trigger }) => (trigger.type === 'event' ? trigger.event : [])),
    ...definitions.flatMap(({ steps }) =>
      steps.flatMap((step) => (step.type === 'wait' && step.wait.for === 'event' ? step.wait.event : [])),
    ),
  ];
  const known = new Map<string, boolean>();
  return (type) => {
    if (always || !/^(message|flow)\.(?!start_requested|stop_requested|ticked)/.test(type)) return true;
    const heeded = known.get(type) ?? patterns.some((pattern) => matchesType(pattern, type));
    known.set(type, heeded);
    return heeded;
  };
}

const requests: readonly string[] = [startRequested, stopRequested, ticked];

/**
 * Whether deciding an event now could change anything, asked of the very functions that deciding asks: most events of a
 * recorded period begin nothing and concern no run, and a round of the loop for each would be a third of the work.
 */
export function canFollowFrom(event: SeenEvent, state: SimulationState, now: Date): boolean {
  if (requests.includes(event.type)) return true;
  const { contactId } = event;
  const contact = contactId && state.contacts.get(contactId);
  if (!contact) return false;
  // Whether it opens an ended run again is left to deciding.
  if (mayReopen(event) && contact.ended.size > 0) return true;
  for (const run of contact.active.values()) {
    const definition = state.definitions.get(run.versionId);
    if (!definition || concerns(event, run, definition)) return true;
  }
  const { orgId } = state.start;
  return admissionsOf({ orgId, contactId, event }, state.flows).some(
    (admission) => !isRuledOut(admission, state.flows, now),
  );
}
