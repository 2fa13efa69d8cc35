import type { Id } from '../ids.js';

export type OutboxId = Id<'outbox'>;

/** Something the outside is told: contracts/webhooks/events.ts names the types and their payloads. */
export interface OutboxEvent {
  id: OutboxId;
  type: string;
  payload: Record<string, unknown>;
  occurredAt: Date;
  /** What it follows from, as a traceparent; without it, the request that is being served. */
  trace?: string | null;
}
