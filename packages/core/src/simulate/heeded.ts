import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { matchesType } from '../flows/triggers.js';

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
