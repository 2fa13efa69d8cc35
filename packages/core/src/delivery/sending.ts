import type { Channel } from '@halyard/contracts/primitives';
import type { AttemptId, ConnectionId, ContactId, FlowId, MessageId, OrgId, RunId } from '../ids.js';
import type { Payload } from './provider.js';

/** A message whose intent is committed: an attempt is under way, and nobody else may touch it until the lease ends. */
export interface Sending {
  orgId: OrgId;
  messageId: MessageId;
  contactId: ContactId | null;
  origin: { runId: RunId | null; flowId: FlowId | null; stepId: string | null };
  channel: Channel;
  address: string;
  connectionId: ConnectionId;
  provider: string;
  attemptId: AttemptId;
  idempotencyKey: string;
  startedAt: Date;
  /** When this key was first used; its window counts from here. */
  keyUsedSince: Date;
  /** Attempts before this one that did not get through. */
  failures: number;
  /** What the message follows from, as a traceparent. */
  trace: string | null;
  /** Somebody else has taken it on, and is to report what became of it. */
  handedOver?: boolean;
}

/** What the dispatcher needs besides, to make the call. */
export interface ReadyToSend extends Sending {
  payload: Payload;
  lane: 0 | 1;
  /** How long after it was due it is released. */
  lateByMs: number;
}
