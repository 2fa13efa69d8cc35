import type { Condition } from '@halyard/contracts/conditions';
import type { Channel, MessageClass } from '@halyard/contracts/primitives';
import type { Subject } from '../events/event.js';
import type {
  ConnectionId,
  ContactId,
  EventId,
  FlowId,
  FlowVersionId,
  MessageId,
  RunId,
  TemplateId,
} from '../ids.js';

export type MessageStatus =
  | 'scheduled'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'bounced'
  | 'failed'
  | 'unknown'
  | 'dead'
  | 'skipped'
  | 'cancelled'
  | 'expired';

export type MessageSource = 'flow' | 'api' | 'outreach' | 'campaign' | 'test' | 'system' | 'permit';

/** Content given with the message instead of a template (outreach items, POST /messages/send). Liquid is applied. */
export interface InlineContent {
  subject?: string;
  body: string;
}

/**
 * An address given with the message (outreach items), instead of the contact's identity. `connection_id`: it goes out over this
 * connection or not at all (alerts).
 */
export type Target = Partial<Record<Channel, string>> & { name?: string; connection_id?: ConnectionId };

export interface TemplateById {
  id: TemplateId;
  version?: number;
  shown?: { class: MessageClass; locale?: string };
}

/** Of each channel a version that was chosen before, as when a campaign starts. */
export interface TemplateVersions {
  versions: Partial<Record<Channel, { id: TemplateId; version: number }>>;
}

/** A message to be written. `key` makes it unique in the organization for all time. */
export interface NewMessage {
  id: MessageId;
  key: string;
  contactId: ContactId | null;
  source: MessageSource;
  /** `occurrence`: 1 for the run's first visit of the step. */
  origin?: { runId: RunId; flowId: FlowId; versionId: FlowVersionId; stepId: string; occurrence: number };
  subject?: Subject & { revision?: number };
  eventId?: EventId;
  class: MessageClass;
  topic: string;
  channels: Channel[];
  /** A template key for all channels, or one per channel; or one template, in a test shown as it would be for others. */
  template?: { keys: string | Partial<Record<Channel, string>> } | TemplateById | TemplateVersions;
  content?: InlineContent;
  variables: Record<string, unknown>;
  condition?: Condition;
  target?: Target;
  plannedAt: Date;
  expiresAt: Date | null;
  timeZone: string | null;
  /** Written as skipped for this reason: not to be sent, but to be seen in the plan. */
  skipped?: string;
  /** What it follows from, as a traceparent; without it, the request that is being served, else a trace of its own. */
  trace?: string | null;
}
