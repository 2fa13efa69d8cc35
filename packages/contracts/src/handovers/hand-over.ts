import { z } from 'zod';
import { Instant } from '../primitives.js';

/**
 * The signed request by which a workflow of n8n is given a message to send; its answer, or a report by `report_by`, says
 * what became of it.
 */
export const HandOver = z
  .object({
    type: z.literal('message.send'),
    attempt_id: z.uuid().describe('Also the header webhook-id.'),
    message_id: z.uuid(),
    organization_id: z.uuid(),
    connection_id: z.uuid(),
    idempotency_key: z.string(),
    report_url: z.url().describe('Takes the outcome; its token is the permission.'),
    report_by: Instant.describe('Without an outcome until then it is unknown.'),
    payload: z.looseObject({ channel: z.string() }).describe('The message as it is rendered.'),
  })
  .meta({ id: 'HandOver' });
