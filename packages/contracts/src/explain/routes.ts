import { z } from 'zod';
import { IdParams } from '../primitives.js';
import { route } from '../route.js';
import { FlowExplanation } from './flow.js';
import { MessageExplanation } from './message.js';
import { LocaleQuery } from './parts.js';

/** `contact`: a contact's id, external id or any of its addresses. `event`: the event that is asked about; the latest one. */
export const FlowExplainQuery = LocaleQuery.extend({
  contact: z.string().min(1).max(320),
  event: z.uuid().optional(),
});
export type FlowExplainQuery = z.output<typeof FlowExplainQuery>;

const tag = 'Explain';

export const explainRoutes = {
  message: route({
    id: 'explainMessage',
    method: 'GET',
    path: '/messages/:id/explain',
    tag,
    summary: 'Explain a message: why it was sent, or why not',
    description:
      'The event, the run, the step, every decision with its rule and facts, attempts with their outcomes and what the provider reported; for machines, and in sentences.',
    access: { role: 'viewer', scope: 'messages:read' },
    params: IdParams,
    query: LocaleQuery,
    response: MessageExplanation,
  }),
  flow: route({
    id: 'explainFlow',
    method: 'GET',
    path: '/flows/:id/explain',
    tag,
    summary: 'Explain why a contact did not enter a flow, is waiting in it, or left it',
    description:
      'The first condition that failed, the facts as they were at that time, and the smallest change that would flip it.',
    access: { role: 'viewer', scope: 'flows:read' },
    params: IdParams,
    query: FlowExplainQuery,
    response: FlowExplanation,
  }),
};
