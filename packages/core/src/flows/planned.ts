import type { FlowDefinition, MessageStep } from '@halyard/contracts/flows/definition';
import type { Facts, PassedMessage, PlannedMessage } from './run.js';
import { expiryOf, messageMoment, messageZone, settle } from './timing.js';

/** Computes the moments of messages anew, in the order they were passed, as each may count from the one before. */
export function settlePassed(
  passed: readonly PassedMessage[],
  definition: FlowDefinition,
  facts: Facts,
  startedAt: Date,
  now: Date,
): PassedMessage[] {
  let before: Date | null = null;
  return passed.map((message) => {
    const step = messageStep(definition, message.step);
    const reachedAt = new Date(message.reachedAt);
    const previous: Date = (message.follows && before) || reachedAt;
    const moment = messageMoment(step, { definition, facts, startedAt, reachedAt, previous });
    before = moment;
    return { ...message, settled: settle(step, message, moment, now) };
  });
}

/** The messages as a plan; those whose anchor has no date are not in it. */
export const toPlan = (
  passed: readonly PassedMessage[],
  definition: FlowDefinition,
  facts: Facts,
): PlannedMessage[] =>
  passed.flatMap(({ step: stepId, occurrence, settled }) => {
    if (!settled?.moment) return [];
    const step = messageStep(definition, stepId);
    const timeZone = messageZone(step, definition, facts);
    const plannedAt = new Date(settled.plannedAt);
    const expiresAt = expiryOf(step, plannedAt, timeZone);
    return { stepId, occurrence, plannedAt, verdict: settled.verdict, expiresAt, timeZone };
  });

/** Those meant for this moment or before it. */
export const upTo = (passed: readonly PassedMessage[], at: Date): PassedMessage[] =>
  passed.filter(({ settled }) => settled?.moment && new Date(settled.plannedAt) <= at);

function messageStep(definition: FlowDefinition, id: string): MessageStep {
  const step = definition.steps.find((candidate) => candidate.id === id);
  if (step?.type !== 'message') throw new Error(`Step "${id}" of this version is no message.`);
  return step;
}
