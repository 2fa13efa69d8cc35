import { z } from 'zod';
import { Attributes, Duration } from '../primitives.js';
import { StepId, step } from './step-shape.js';

const segment = '[A-Za-z0-9_~@:+=,-][A-Za-z0-9._~@:+=,-]*';

/**
 * Calls a workflow of n8n: a signed request to its webhook, with the facts of the run, and the same idempotency key at
 * every try. With `wait` the run stands until the workflow answers, or goes the way of the timeout.
 */
export const WorkflowStep = step('n8n_workflow', {
  connection: z
    .string()
    .min(1)
    .max(200)
    .describe('Name, or id, of a connection to n8n: its address and signing secret.'),
  path: z
    .string()
    .max(500)
    .regex(
      new RegExp(`^/?${segment}(/${segment})*/?$`),
      'Give the path of the webhook below the address of the connection, such as webhook/score-lead.',
    )
    .describe(
      'Of the workflow’s webhook, below the address of the connection, such as `webhook/score-lead`.',
    ),
  data: Attributes.optional().describe(
    'Goes with it; texts in it may hold Liquid over the facts of the run.',
  ),
  wait: z
    .boolean()
    .default(true)
    .describe('Whether the run waits for the workflow’s answer; else it goes on at once.'),
  timeout: Duration.default('PT1H').describe(
    'For how long handing over is tried, and the answer is waited for.',
  ),
  on_timeout: StepId.nullable()
    .optional()
    .describe('Where to go when no answer came in time; when left out, like when it came.'),
  on_failure: StepId.nullable()
    .optional()
    .describe(
      'Where to go when the workflow could not be called, or said that it failed; when left out, like `on_timeout`.',
    ),
});
export type WorkflowStep = z.infer<typeof WorkflowStep>;
