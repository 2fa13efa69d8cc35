import type { SandboxBehaviour } from '@halyard/contracts/connections/provider-settings';
import type { Channel } from '@halyard/contracts/primitives';
import type { Payload, ProviderReport } from '../delivery/provider.js';
import type { ConnectionId, MessageId, OrgId } from '../ids.js';

/** What the sandbox was handed. */
export interface SandboxArrival {
  connectionId: ConnectionId;
  messageId: MessageId;
  idempotencyKey: string;
  channel: Channel;
  recipient: string;
  sender: string;
  subject: string | null;
  payload: Payload;
  behaviour: SandboxBehaviour;
  /** Which try the recipient gets to see: 1, or a later one when the first are refused. */
  arrivesAtTry: number;
  /** What is reported back, in this order, once the engine has noted that the message was taken. */
  reports: { type: ProviderReport['type']; detail?: string }[];
  at: Date;
}

/** Where the sandbox provider keeps what it was handed. The same idempotency key is one entry, however often it comes. */
export interface SandboxInboxWriter {
  /** Counts a try; queues the reports when it is the one that arrives. */
  record(orgId: OrgId, arrival: SandboxArrival): Promise<{ arrived: boolean; alreadyArrived: boolean }>;
}
