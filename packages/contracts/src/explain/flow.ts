import { z } from 'zod';
import { Event } from '../events/event.js';
import { FlowStatus } from '../flows/flow.js';
import { Instant } from '../primitives.js';
import { ExplainedCondition, ExplainedFlip, ExplainedRun, ExplainLocale } from './parts.js';

/**
 * Why a contact is where it is.
 * - not_entered: flow_not_live, published_later, no_version, no_occasion (nothing happened that the flow waits for),
 *   condition, reentry, unclear (evaluated anew it would enter: a fact that is only known as it is now has changed).
 * - undecided: pending (the event waits for its decision), gave_up (it could not be decided; see the review items).
 * - waiting: time, date_missing, event, messages (past the last step, messages are to come), workflow (its answer), due (it moves any moment).
 * - left: goal, exit_rule, exit_step, subject_cancelled, stopped, finished, run_failed.
 */
export const FlowReason = z.enum([
  'flow_not_live',
  'published_later',
  'no_version',
  'no_occasion',
  'condition',
  'reentry',
  'unclear',
  'pending',
  'gave_up',
  'time',
  'date_missing',
  'event',
  'messages',
  'workflow',
  'due',
  'goal',
  'exit_rule',
  'exit_step',
  'subject_cancelled',
  'stopped',
  'finished',
  'run_failed',
]);
export type FlowReason = z.output<typeof FlowReason>;

export const FlowVerdict = z.enum(['not_entered', 'undecided', 'waiting', 'left']);
export type FlowVerdict = z.output<typeof FlowVerdict>;

/**
 * Whether a flow took contacts at a moment, and the shares of its live versions by their numbers. `since`: when it came to
 * stand so; null where that is not on record, and then the present state is told.
 */
const FlowThen = z.object({
  status: FlowStatus,
  weights: z.record(z.string(), z.number().int()),
  since: Instant.nullable(),
});

export const FlowExplanation = z
  .object({
    flow: z.object({ id: z.uuid(), key: z.string(), name: z.string(), status: FlowStatus }),
    /** How the flow stood at the moment that is explained; null for a run, whose version is its own. */
    flow_then: FlowThen.nullable(),
    contact_id: z.uuid(),
    verdict: FlowVerdict,
    reason: FlowReason,
    /** The moment that is explained: facts are those of then, where they are known. */
    at: Instant,
    /** The event that should have admitted it, or that ended the run. */
    event: Event.nullable(),
    run: ExplainedRun.nullable(),
    /** The step that the run stands at or left from. */
    step: z.string().nullable(),
    /** When the run goes on by itself. */
    until: Instant.nullable(),
    /** What it waits for, while it waits for an event. */
    waiting_for: z.string().nullable(),
    /** The first condition that failed, or for whom left the one that was met. */
    condition: ExplainedCondition.nullable(),
    smallest_change: ExplainedFlip.nullable(),
    /** What the run decided on its way. */
    path: z.array(
      z.object({
        at: Instant,
        rule: z.string(),
        verdict: z.string(),
        facts: z.record(z.string(), z.json()),
        sentence: z.string(),
      }),
    ),
    locale: ExplainLocale,
    sentences: z.array(z.string()),
  })
  .meta({ id: 'FlowExplanation' });
export type FlowExplanation = z.output<typeof FlowExplanation>;
