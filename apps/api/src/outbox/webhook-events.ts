import { webhookEvents } from '@halyard/contracts/webhooks/events';
import { z } from 'zod';

type Json = z.infer<ReturnType<typeof z.json>>;

/** Every type of event with the JSON schema of its data, made from the contracts. */
export const describeWebhookEvents = () =>
  Object.entries(webhookEvents).map(([type, { summary, data, example }]) => ({
    type,
    summary,
    schema: z.toJSONSchema(data, { io: 'output', unrepresentable: 'any' }) as Json,
    example: { type, timestamp: '2026-05-01T07:00:00.000Z', data: example } as Json,
  }));
