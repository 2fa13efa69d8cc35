import { z } from 'zod';
import { IdParams, Instant, PageQuery, pageOf } from '../primitives.js';
import { route } from '../route.js';

/** Answers are facts of the run and stored with it: enough for a decision, too little for a file. */
const mostCharacters = 16_384;

const WorkflowCallStatus = z.enum(['pending', 'handed_over', 'answered', 'failed', 'timed_out', 'cancelled']);
export type WorkflowCallStatus = z.output<typeof WorkflowCallStatus>;

const Answer = z.record(z.string().min(1).max(100), z.json());

/** What a workflow says: an `answer` that conditions and templates can read, or the `error` for which it has none. */
export const WorkflowAnswer = z
  .strictObject({
    answer: Answer.optional().describe('`steps.<step id>.answer` among the facts of the run.'),
    error: z.string().min(1).max(1000).optional().describe('Then the run goes the way of `on_failure`.'),
  })
  .refine(({ answer, error }) => (answer === undefined) !== (error === undefined), {
    error: 'Give either an answer, which may be empty, or an error.',
  })
  .refine(({ answer }) => JSON.stringify(answer ?? {}).length <= mostCharacters, {
    error: `An answer has ${mostCharacters} characters of JSON at most: answer with what decisions need, and keep the rest.`,
    path: ['answer'],
  })
  .meta({ id: 'WorkflowAnswer' });
export type WorkflowAnswer = z.output<typeof WorkflowAnswer>;

/** The first answer to a call decides; any other is answered like the first, and changes nothing. */
export const AnsweredCall = z
  .object({
    call_id: z.uuid(),
    run_id: z.uuid(),
    status: WorkflowCallStatus,
    late: z.boolean().describe('It came when the run did not wait for it any more, and is only on record.'),
  })
  .meta({ id: 'AnsweredWorkflowCall' });
export type AnsweredCall = z.output<typeof AnsweredCall>;

/**
 * A call of a workflow by a step. pending: not handed over yet. handed_over: taken, and not answered. failed: it could
 * not be handed over, or the workflow said so. timed_out: the run went on without an answer. cancelled: the run ended.
 */
export const WorkflowCall = z
  .object({
    id: z.uuid(),
    flow_id: z.uuid(),
    run_id: z.uuid(),
    contact_id: z.uuid(),
    step: z.string(),
    occurrence: z.number().int().describe('1 for the run’s first visit of the step.'),
    connection: z.string(),
    path: z.string(),
    waits: z.boolean(),
    status: WorkflowCallStatus,
    late: z.boolean(),
    tries: z.number().int(),
    due_at: Instant.nullable().describe('When handing over is tried next.'),
    until: Instant,
    last_status: z.number().int().nullable(),
    last_error: z.string().nullable(),
    answer: Answer.nullable(),
    created_at: Instant,
    handed_over_at: Instant.nullable(),
    ended_at: Instant.nullable(),
  })
  .meta({ id: 'WorkflowCall' });
export type WorkflowCall = z.output<typeof WorkflowCall>;

export const WorkflowCallQuery = PageQuery.extend({
  run_id: z.uuid().optional(),
  status: WorkflowCallStatus.optional(),
});
export type WorkflowCallQuery = z.output<typeof WorkflowCallQuery>;

const tag = 'Flows';
const reads = { role: 'viewer', scope: 'flows:read' } as const;

export const workflowCallRoutes = {
  list: route({
    id: 'listWorkflowCalls',
    method: 'GET',
    path: '/workflow-calls',
    tag,
    summary: 'List calls of n8n workflows by steps of flows, newest first',
    access: reads,
    query: WorkflowCallQuery,
    response: pageOf(WorkflowCall),
  }),
  read: route({
    id: 'readWorkflowCall',
    method: 'GET',
    path: '/workflow-calls/:id',
    tag,
    summary: 'Read one call of a workflow, with its answer',
    access: reads,
    params: IdParams,
    response: WorkflowCall,
  }),
  answer: route({
    id: 'answerWorkflowCall',
    method: 'POST',
    path: '/workflow-calls/:id/answer',
    tag,
    summary: 'Answer the call of a flow step',
    description:
      'The run goes on with it, unless it went on before: then it is `late`. A second answer is answered like the first.',
    access: { role: 'editor', scope: 'flows:write' },
    params: IdParams,
    body: WorkflowAnswer,
    response: AnsweredCall,
  }),
  answerByLink: route({
    id: 'answerWorkflowCallByLink',
    method: 'POST',
    path: '/hooks/workflow-calls/:token',
    tag,
    summary: 'Answer the call of a flow step at the signed address that came with it',
    access: 'public',
    params: z.object({ token: z.string().regex(/^[A-Za-z0-9_-]{20,100}$/) }),
    body: WorkflowAnswer,
    response: AnsweredCall,
  }),
};
