import { z } from 'zod';
import { Instant } from '../primitives.js';

const Facts = z.record(z.string(), z.json()).nullable();

/** The signed request by which a step of a flow calls a workflow of n8n. The header webhook-id is `call_id`, at every try. */
export const WorkflowCalled = z
  .object({
    type: z.literal('workflow.called'),
    timestamp: Instant,
    data: z.object({
      call_id: z.uuid(),
      flow: z.object({ id: z.uuid(), key: z.string() }),
      run: z.object({ id: z.uuid(), step: z.string(), occurrence: z.number().int() }),
      contact: Facts,
      subject: Facts,
      product: Facts,
      event: Facts,
      data: z.record(z.string(), z.json()).describe('What the step says goes along.'),
      answer: z
        .object({ url: z.url(), until: Instant })
        .nullable()
        .describe('Where and until when the run waits for it; null when it does not wait.'),
    }),
  })
  .meta({ id: 'WorkflowCalled' });
