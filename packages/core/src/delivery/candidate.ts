import type { Condition } from '@halyard/contracts/conditions';
import type { OrganizationPolicy } from '@halyard/contracts/organizations/policy';
import type { Channel, IdentityKind, MessageClass } from '@halyard/contracts/primitives';
import type { SealedConnection } from '../connections/open-connection.js';
import type { ConsentLine } from '../contacts/consent.js';
import type { SuppressionReason } from '../contacts/suppression.js';
import type { Subject } from '../events/event.js';
import type { Facts } from '../flows/run.js';
import type {
  AttemptId,
  ConnectionId,
  ContactId,
  EventId,
  FlowId,
  FlowVersionId,
  MessageId,
  OrgId,
  RunId,
} from '../ids.js';
import type { InlineContent, MessageSource, NewMessage, Target } from '../messages/message.js';
import type { Breaker } from './breaker.js';
import type { SendOutcome } from './provider.js';
import type { TemplateVersion } from './renderer.js';

/** A message whose moment has come, as its row has it. */
export interface DueMessage {
  orgId: OrgId;
  id: MessageId;
  contactId: ContactId | null;
  source: MessageSource;
  origin: {
    runId: RunId | null;
    flowId: FlowId | null;
    versionId: FlowVersionId | null;
    stepId: string | null;
  };
  subject: (Subject & { revision: number | null }) | null;
  eventId: EventId | null;
  class: MessageClass;
  topic: string;
  channels: Channel[];
  template: NewMessage['template'] | null;
  content: InlineContent | null;
  variables: Record<string, unknown>;
  condition: Condition | null;
  target: Target | null;
  plannedAt: Date;
  /** Later than planned when it was put off or is tried again. */
  dueAt: Date;
  expiresAt: Date | null;
  timeZone: string | null;
  /** Calls to providers since it was scheduled, or since a person sent it anew. */
  tries: number;
  /** Why it was put off the last time. */
  deferredBy: string | null;
  /** What it follows from, as a traceparent. */
  trace: string | null;
}

/** A call that was made for this message before. */
export interface PastAttempt {
  id: AttemptId;
  connectionId: ConnectionId;
  channel: Channel;
  idempotencyKey: string;
  startedAt: Date;
  outcome: SendOutcome['kind'] | null;
}

export interface Recipient {
  id: ContactId;
  firstName: string | null;
  lastName: string | null;
  locale: string | null;
  timeZone: string | null;
  country: string | null;
  preferredChannel: Channel | null;
  erased: boolean;
  identities: { kind: IdentityKind; address: string }[];
  /** The newest line of each channel and topic. */
  consents: ConsentLine[];
  /** When something last came in from them, per channel: opens the 24-hour window. */
  lastInboundAt: Partial<Record<Channel, Date>>;
}

/** A connection as release sees it; its secrets stay sealed. */
export interface ReleaseConnection extends SealedConnection {
  priority: number;
  ratePerSecond: number | null;
  breaker: Breaker;
}

export interface ReleaseOrganization {
  orgId: OrgId;
  name: string;
  timeZone: string;
  locale: string;
  country: string | null;
  postalAddress: string | null;
  website: string | null;
  policy: OrganizationPolicy;
  /** Active ones, by priority. */
  connections: ReleaseConnection[];
}

export interface SubjectState {
  status: string;
  revision: number;
  /** The message's flow goes on after a cancelling: it says so, or the cancelling is what started it. */
  outlivesCancelling: boolean;
}

/** Everything the release of one message rests on, read in the transaction that decides it. */
export interface Candidate {
  message: DueMessage;
  organization: ReleaseOrganization;
  contact: Recipient | null;
  /** The booking, enrollment or campaign it is about as it is now; null when it is about none, `missing` when there is none of this id. */
  subject: SubjectState | 'missing' | null;
  /** The flow that planned it is paused; false when no flow did. */
  flowPaused: boolean;
  /** An event of its subject is recorded but not decided yet: the plan may be about to change. */
  undecidedEvent: boolean;
  facts: Facts;
  /** Marketing messages released to this contact within the longest cap. Shared by the candidates of one contact. */
  released: { messageId: MessageId; at: Date; channel: Channel }[];
  /** Suppressed addresses among those of this message, by channel and address. */
  suppressed: ReadonlyMap<string, SuppressionReason>;
  /** Content per channel; null when there is no template for it. */
  templates: Partial<Record<Channel, TemplateVersion>>;
  history: PastAttempt[];
}

export const suppressionKey = (channel: Channel, address: string): string => `${channel}:${address}`;
