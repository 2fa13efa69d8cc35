import type { WaitStep } from '@halyard/contracts/flows/definition';
import { evaluate } from '../conditions/evaluate.js';
import type { SeenEvent } from './run.js';
import { waitEnd } from './timing.js';
import { matchesType, withEvent } from './triggers.js';
import type { Taken, Walk, WalkContext } from './walk-state.js';

type EventWait = Extract<WaitStep['wait'], { for: 'event' }>;

/** Passes a wait that is over, or (foreseeing) whose end is known; else the run is held there. */
export function takeWait(step: WaitStep, next: string | null, walk: Walk, context: WalkContext): Taken {
  const end = waitEnd(step, walk.moment, context.definition, walk.facts);
  if (step.wait.for === 'event' && end) return takeEventWait(step.id, step.wait, end, next, walk, context);
  if (end === null || (context.mode === 'execute' && end > context.now)) return hold(step, end, walk);
  return { kind: 'on', next, at: end };
}

function takeEventWait(
  stepId: string,
  wait: EventWait,
  until: Date,
  next: string | null,
  walk: Walk,
  context: WalkContext,
): Taken {
  if (context.mode === 'foresee') return { kind: 'decision' };
  const came = awaitedEvent(wait, until, walk, context);
  if (came) {
    walk.consumed = came.id;
    walk.decisions.push({ rule: 'wait_event', verdict: came.type, facts: { step: stepId, event: came.id } });
    const at = Math.min(Math.max(came.occurredAt.getTime(), walk.moment.getTime()), context.now.getTime());
    return { kind: 'on', next, at: new Date(at) };
  }
  if (until > context.now) {
    walk.decisions.push({
      rule: 'wait',
      verdict: until.toISOString(),
      facts: { step: stepId, for: 'event' },
    });
    walk.waiting = { event: wait.event, until: until.toISOString() };
    return { kind: 'held', until };
  }
  walk.decisions.push({ rule: 'wait_event', verdict: 'timeout', facts: { step: stepId } });
  return { kind: 'on', next: wait.on_timeout === undefined ? next : wait.on_timeout, at: until };
}

/**
 * The event at hand, if it is the one waited for, came in time, and did not end another wait before. While the run was
 * already waiting, an event that is told late counts; one from before the wait otherwise does not.
 */
function awaitedEvent(
  wait: EventWait,
  until: Date,
  walk: Walk,
  { cause, now }: WalkContext,
): SeenEvent | null {
  if (cause.kind !== 'event' || cause.event.id === walk.consumed) return null;
  const { event } = cause;
  const inTime = event.occurredAt <= until && (walk.waiting !== null || event.occurredAt >= walk.moment);
  if (!inTime || !matchesType(wait.event, event.type)) return null;
  return !wait.filter || evaluate(wait.filter, withEvent(walk.facts, event), now) ? event : null;
}

function hold(step: WaitStep, until: Date | null, walk: Walk): Taken {
  const facts = { step: step.id, for: step.wait.for };
  walk.decisions.push({ rule: 'wait', verdict: until?.toISOString() ?? 'open', facts });
  return { kind: 'held', until };
}
