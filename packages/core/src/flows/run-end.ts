import type { ExitRule, FlowDefinition } from '@halyard/contracts/flows/definition';
import type { z } from 'zod';
import { evaluate } from '../conditions/evaluate.js';
import { factAt } from '../conditions/facts.js';
import { cancellations } from '../events/entities.js';
import type { PlanningReason } from './plan.js';
import type { AdvanceInput, Cause, Facts, Run, RunStatus } from './run.js';
import { matchesType, sameSubject, withEvent } from './triggers.js';

/** How a rule ends a run, whatever step it is at. */
export interface RunEnd {
  status: Exclude<RunStatus, 'active' | 'failed'>;
  reason: string;
}

/** The rule that ends the run now, if one does: its subject's cancellation, its goal, one of its exits, in this order. */
export function endOf({ definition, run, facts, cause, now }: AdvanceInput): RunEnd | null {
  if (endsWithSubject(definition) && run.subject && factAt(facts, 'subject.status') === 'cancelled')
    return { status: 'cancelled', reason: 'subject_cancelled' };
  if (run.status !== 'active') return null;
  if (definition.goal && isMet(definition.goal, run, facts, cause, now))
    return { status: 'completed', reason: `goal: ${definition.goal.name}` };
  const exit = definition.exits.find((rule) => isMet(rule, run, facts, cause, now));
  return exit ? { status: 'exited', reason: `exit: ${exit.name}` } : null;
}

/** A flow that a cancellation sets off is not ended by it. */
const endsWithSubject = ({ cancel_with_subject, trigger }: FlowDefinition): boolean =>
  cancel_with_subject && !(trigger.type === 'event' && cancellations.includes(trigger.event));

/** With an event, a rule looks at that event's facts; without one, at the run's, each time the run is looked at. */
function isMet(rule: z.infer<typeof ExitRule>, run: Run, facts: Facts, cause: Cause, now: Date): boolean {
  if (rule.event === undefined) return rule.condition !== undefined && evaluate(rule.condition, facts, now);
  if (cause.kind !== 'event' || !matchesType(rule.event, cause.event.type)) return false;
  if (rule.same_subject && !sameSubject(run.subject, cause.event.subject)) return false;
  return !rule.condition || evaluate(rule.condition, withEvent(facts, cause.event), now);
}

/** Why the messages that an ended run leaves pending are cancelled, for `reconcile`. */
export function planningReasonOf(run: Pick<Run, 'status' | 'endReason'>): PlanningReason {
  switch (run.status) {
    case 'exited':
      return 'exited';
    case 'cancelled':
      return run.endReason === 'subject_cancelled' ? 'subject_cancelled' : 'flow_stopped';
    case 'completed':
      return run.endReason === null ? 'unplanned' : 'goal_reached';
    case 'active':
    case 'failed':
      return 'unplanned';
  }
}

/** A run that was ended from outside (a person, a `stop_flow` step): everything it left pending is cancelled. */
export const stopRun = (run: Run, reason: string): Run => ({
  ...run,
  status: 'cancelled',
  endReason: reason,
  position: { ...run.position, passed: [] },
  wakeAt: null,
  waitingFor: [],
});

/** Whether what an ended run had under way goes on: it came to its end or to an exit step, and no rule or person ended it. */
export const leavesPending = ({ status, endReason }: Pick<Run, 'status' | 'endReason'>): boolean =>
  (status === 'completed' && endReason === null) ||
  (status === 'exited' && endReason?.startsWith('step: ') === true);
