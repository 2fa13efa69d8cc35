import type { Event } from '@halyard/contracts/events/event';
import type { ExplainedCampaign, ExplainedRun } from '@halyard/contracts/explain/parts';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { FlowStatus } from '@halyard/contracts/flows/flow';
import type { MessageDetail } from '@halyard/contracts/messages/message';
import type { Actor } from '../actor.js';
import type { LiveFlowVersion } from '../decide/decide-store.js';
import type { Subject } from '../events/event.js';
import type { Run, SeenEvent } from '../flows/run.js';
import type { ContactId, EventId, FlowId, FlowVersionId, MessageId, OrgId, RunId } from '../ids.js';
import type { FactsThen } from './facts-then.js';

/** Everything on record about a message. */
export interface MessageRecord {
  detail: MessageDetail;
  events: Event[];
  event: Event | null;
  /** The events that decisions followed from, by their ids. */
  causes: ReadonlyMap<string, Event>;
  run: ExplainedRun | null;
  campaign: ExplainedCampaign | null;
  definition: FlowDefinition | null;
  /** What people and others did to it, its contact and its addresses, oldest first. */
  acts: ActRecord[];
  /** The zone that its times are told in. */
  timeZone: string;
}

/** One line of the audit log. */
export interface ActRecord {
  at: Date;
  action: string;
  actorType: Actor['type'];
  actorName: string | null;
  changes: Record<string, unknown>;
}

export interface FlowRecord {
  id: FlowId;
  key: string;
  name: string;
  status: FlowStatus;
  versions: (LiveFlowVersion & { number: number; publishedAt: Date })[];
  /** What it became at each publication, change of weights, pause and so on, oldest first; weights by version number. */
  history: { since: Date; status: FlowStatus; weights: Record<string, number> }[];
}

/** An event and how far it is decided. */
export interface EventRecord {
  event: SeenEvent;
  told: Event;
  /** Rounded up to a millisecond, so that nothing recorded with it counts as later. */
  recordedAt: Date;
  state: 'decided' | 'pending' | 'gave_up';
}

export interface RunRecord {
  run: Run;
  version: number;
  endedAt: Date | null;
  lastError: string | null;
}

export interface DecisionRecord {
  at: Date;
  rule: string;
  verdict: string;
  facts: Record<string, unknown>;
  eventId: EventId | null;
}

/** What an event type must be to matter to a flow; `requests`: being asked in by a person, the API or a schedule. */
export interface Occasions {
  patterns: readonly string[];
  requests: FlowId | null;
}

/** What explanations read, in one tenant transaction. */
export interface ExplainReader {
  message(id: MessageId): Promise<MessageRecord | null>;
  flow(id: FlowId): Promise<FlowRecord | null>;
  /** By id, external id or address; one that was merged means the one it was merged into. */
  contact(named: string): Promise<{ id: ContactId; timeZone: string } | null>;
  event(id: EventId): Promise<EventRecord | null>;
  /** The contact's latest event of these; recorded after a moment, when one is given. */
  latestEvent(contactId: ContactId, occasions: Occasions, after?: Date): Promise<EventRecord | null>;
  /** The contact's runs of the flow, newest first. */
  runs(flowId: FlowId, contactId: ContactId): Promise<RunRecord[]>;
  /** Which of these keys of re-entry are taken, and by which run; and the version that the contact had got by then. */
  admissions(
    flowId: FlowId,
    contactId: ContactId,
    keys: readonly string[],
    at: Date,
  ): Promise<{ taken: Map<string, RunId>; assigned: FlowVersionId | null }>;
  /** What the run decided, oldest first. */
  decisions(contactId: ContactId, runId: RunId): Promise<DecisionRecord[]>;
  /** Facts rolled back to a moment. */
  factsAt(about: FactsAbout, at: Date): Promise<FactsThen>;
}

export interface FactsAbout {
  contactId: ContactId | null;
  subject: Subject | null;
  event: SeenEvent | EventId | null;
  runId: RunId | null;
}

/** What explanations need of the database. */
export interface ExplainStore {
  read<T>(orgId: OrgId, work: (reader: ExplainReader) => Promise<T>): Promise<T>;
}
