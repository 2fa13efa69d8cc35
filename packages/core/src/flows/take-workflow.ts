import type { WorkflowStep } from '@halyard/contracts/flows/workflow-step';
import { addDuration } from '../time/arithmetic.js';
import type { Taken, Walk, WalkContext } from './walk-state.js';
import type { CallOutcome } from './workflow-facts.js';
import { callEvents, outcomeOf, withOutcome } from './workflow-facts.js';
import { resolveZone } from './zone-of.js';

/**
 * Has a workflow called, and passes the step at once or, where it waits, when the call has come to something.
 *
 *     called ──► answered   goes on                        ├──► timed_out  the way of the timeout
 *        └─────► failed     the way of the failure: it could not be handed over, or said so itself
 *
 * What came of the call is among the facts, as whoever recorded it committed it; the event about it only wakes the run. So
 * the run goes the same way whether the event or the end of the waiting comes first, and one way only.
 */
export function takeWorkflow(
  step: WorkflowStep,
  next: string | null,
  walk: Walk,
  context: WalkContext,
): Taken {
  if (context.mode === 'foresee') return step.wait ? { kind: 'decision' } : { kind: 'on', next };
  const called = walk.waiting;
  if (!called) return call(step, next, walk, context);
  const until = new Date(called.until);
  const came = outcomeOf(walk.facts, step.id, occurrenceOf(step, walk));
  if (came) return passOn(step, came, next, new Date(Math.min(Number(context.now), Number(until))), walk);
  if (until > context.now) return { kind: 'held', until };
  return passOn(step, { outcome: 'timed_out' }, next, until, walk);
}

/** The time of the call is now, even where the run is late: the workflow gets all the time that it was given. */
function call(step: WorkflowStep, next: string | null, walk: Walk, context: WalkContext): Taken {
  const { definition, now } = context;
  const until = addDuration(now, step.timeout, resolveZone(definition.zone, walk.facts));
  walk.effects.push({
    kind: 'n8n_workflow',
    stepId: step.id,
    occurrence: occurrenceOf(step, walk),
    connection: step.connection,
    path: step.path,
    data: step.data ?? {},
    waits: step.wait,
    until,
  });
  decide(step, 'called', walk, { until: until.toISOString() });
  if (!step.wait) return { kind: 'on', next };
  walk.waiting = { event: callEvents, until: until.toISOString() };
  return { kind: 'held', until };
}

function passOn(step: WorkflowStep, came: CallOutcome, next: string | null, at: Date, walk: Walk): Taken {
  walk.facts = withOutcome(walk.facts, step.id, { ...came, occurrence: occurrenceOf(step, walk) });
  decide(step, came.outcome, walk, came.error === undefined ? {} : { error: came.error });
  const moment = at > walk.moment ? at : walk.moment;
  return { kind: 'on', next: wayAfter(step, came.outcome, next), at: moment };
}

function wayAfter(step: WorkflowStep, outcome: CallOutcome['outcome'], next: string | null): string | null {
  const late = step.on_timeout === undefined ? next : step.on_timeout;
  switch (outcome) {
    case 'answered':
      return next;
    case 'timed_out':
      return late;
    case 'failed':
      return step.on_failure === undefined ? late : step.on_failure;
  }
}

const occurrenceOf = ({ id }: WorkflowStep, walk: Walk): number => (walk.visits[id] ?? 0) + 1;

const decide = ({ id }: WorkflowStep, verdict: string, walk: Walk, facts: Record<string, unknown>): void => {
  walk.decisions.push({ rule: 'workflow', verdict, facts: { step: id, ...facts } });
};
