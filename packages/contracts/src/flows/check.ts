import { z } from 'zod';
import { Attributes, Instant } from '../primitives.js';

/** The check that found something. */
export const FlowRule = z.enum([
  'steps',
  'ends',
  'reachable',
  'never_holds',
  'caps',
  'chat_window',
  'hours',
  'variables',
  'connections',
]);
export type FlowRule = z.output<typeof FlowRule>;

const Turn = z.object({
  step: z.string(),
  took: z
    .string()
    .nullable()
    .describe(
      'The way out: `branches.0`, `otherwise`, `arms.1`, `event`, `timeout`, `answer`, `failure`; null where there is but one.',
    ),
  at: Instant.nullable().describe('When the run gets there; null where time plays no part.'),
});

/** A case in which the flow does what it must not, such as anybody can try in a simulation. */
export const FlowCounterexample = z
  .object({
    way: z.array(Turn).describe('The steps that the run goes through.'),
    facts: z
      .array(z.object({ field: z.string(), value: z.json(), from: Instant.nullable() }))
      .describe('What must be so that it goes this way, and from when; null: it is missing.'),
    events: z
      .array(z.object({ type: z.string(), at: Instant, payload: Attributes }))
      .describe('What must happen.'),
    messages: z.array(z.object({ step: z.string(), at: Instant })).describe('The messages concerned.'),
    variables: z.array(z.string()).describe('The variables that nothing fills.'),
    contradiction: z
      .array(z.object({ path: z.string(), condition: z.string(), holds: z.boolean() }))
      .describe('Conditions that would all have to hold, or fail, at once, and cannot.'),
    sentences: z.object({ en: z.string(), de: z.string() }),
  })
  .meta({ id: 'FlowCounterexample' });
export type FlowCounterexample = z.output<typeof FlowCounterexample>;

/**
 * Something wrong with a definition: an `error` keeps it from being published, a `warning` does not. `path` as in
 * `steps.2.timing.offset`, and a sentence that names the step and says what to do.
 */
export const FlowFinding = z
  .object({
    severity: z.enum(['error', 'warning']),
    rule: FlowRule,
    path: z.string(),
    message: z.string(),
    counterexample: FlowCounterexample.nullable(),
  })
  .meta({ id: 'FlowFinding' });
export type FlowFinding = z.output<typeof FlowFinding>;

export const FlowCheck = z.object({ issues: z.array(FlowFinding) }).meta({ id: 'FlowCheck' });
export type FlowCheck = z.output<typeof FlowCheck>;
