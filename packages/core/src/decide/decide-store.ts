import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { Enrolled } from '../academy/events.js';
import type { Round } from '../claim-loop.js';
import type { NewEvent, Subject } from '../events/event.js';
import type { PlanRow } from '../flows/plan.js';
import type { Facts, Run, RunRule, SeenEvent } from '../flows/run.js';
import type { ContactId, EventId, FlowId, FlowVersionId, MessageId, OrgId, RunId } from '../ids.js';
import type { NewMessage } from '../messages/message.js';
import type { OutboxEvent } from '../outbox/outbox-event.js';
import type { CallsClosed, NewCall } from '../workflow-calls/workflow-call.js';

/** An event that waits for its decision. */
export interface PendingEvent {
  orgId: OrgId;
  event: SeenEvent;
  /** How often deciding it has failed, or ended with its process. */
  tries: number;
  /** What recorded it, as a traceparent. */
  trace?: string | null;
}

/** `trace`: what it does follows from this, as a traceparent: from what moved it last. */
export type OrgRun = Run & { orgId: OrgId; flowKey: string; trace?: string | null };

/** A run whose time has come. `tries`: how often moving it has failed. */
export type DueRun = OrgRun & { tries: number };

/** A version that takes new contacts. */
export interface LiveFlowVersion {
  id: FlowVersionId;
  weight: number;
  definition: FlowDefinition;
}

/** A flow that is live, with its versions that have a weight. */
export interface LiveFlow {
  orgId: OrgId;
  id: FlowId;
  key: string;
  versions: LiveFlowVersion[];
}

export interface ContactKey {
  orgId: OrgId;
  contactId: ContactId;
}

export interface FactsAsked {
  orgId: OrgId;
  contactId: ContactId | null;
  subject: Subject | null;
  event: SeenEvent | EventId | null;
  runId: RunId | null;
}

/** What earlier admissions to a flow left behind. */
export interface AdmissionState {
  /** Keys of re-entry that are taken, as `flow id/key`. */
  taken: ReadonlySet<string>;
  /** The version that a contact got, by `flow id/contact id`. */
  assigned: ReadonlyMap<string, FlowVersionId>;
}

/** A new time for a message that was not sent yet. */
export interface MessageMove {
  orgId: OrgId;
  id: MessageId;
  plannedAt: Date;
  expiresAt: Date | null;
  timeZone: string;
  subjectRevision: number | null;
}

export interface RecordedDecision {
  orgId: OrgId;
  runId?: RunId;
  messageId?: MessageId;
  contactId: ContactId;
  eventId?: EventId;
  rule: RunRule | 'plan';
  verdict: string;
  facts: Record<string, unknown>;
}

/** Everything that follows from one step of deciding; written together. */
export interface Consequences {
  newRuns: { run: OrgRun; key: string }[];
  movedRuns: OrgRun[];
  schedule: { orgId: OrgId; message: NewMessage }[];
  /** Only messages that are still scheduled are moved or ended; only those that planning ended are revived. */
  move: MessageMove[];
  revive: MessageMove[];
  end: { orgId: OrgId; id: MessageId; status: 'cancelled' | 'skipped'; reason: string }[];
  /** Whose plans about which subject are up to date now, be their runs under way or over: what they hold may go out. */
  confirm: (ContactKey & { subject: Subject })[];
  contactUpdates: (ContactKey & { set: Record<string, unknown>; trace?: string })[];
  decisions: RecordedDecision[];
  /** `decide: false`: for the record only, no flow is set off by it. */
  events: { orgId: OrgId; event: NewEvent; decide: boolean }[];
  outbox: (OutboxEvent & { orgId: OrgId })[];
  /** Workflows to be called. */
  calls: NewCall[];
  /** Calls that nobody waits for any more. */
  closeCalls: CallsClosed[];
}

/**
 * How work is taken. Contacts are locked when work on them is claimed, so nobody else decides about them until the
 * transaction ends; those that somebody else holds are left alone.
 */
export interface Claims {
  /** Due events of contacts that are free, in the order recorded within each contact, shared fairly among organizations. */
  events(limit: number, now: Date): Promise<PendingEvent[]>;
  /** One event again, if its contact is free and no earlier one waits; for trying apart what failed together. */
  event(orgId: OrgId, id: EventId): Promise<PendingEvent[]>;
  /** Active runs whose time has come, of contacts that are free. */
  runs(limit: number, now: Date): Promise<DueRun[]>;
  /** One run again, if it is still due and its contact is free. */
  run(orgId: OrgId, id: RunId, now: Date): Promise<DueRun[]>;
  /** Takes decided events out of the queue. */
  settle(events: readonly PendingEvent[]): Promise<void>;
}

/** What decisions look at, loaded for many at once. */
export interface World {
  liveFlows(orgIds: readonly OrgId[]): Promise<LiveFlow[]>;
  definitionsOf(runs: readonly OrgRun[]): Promise<Map<FlowVersionId, FlowDefinition>>;
  /** Active runs of the contacts, and runs about the subjects that had run out by themselves. */
  runsOf(contacts: readonly ContactKey[], subjects: readonly (Subject & ContactKey)[]): Promise<OrgRun[]>;
  admissionState(
    asked: readonly (ContactKey & { flowId: FlowId; keys: string[] })[],
  ): Promise<AdmissionState>;
  facts(asked: readonly FactsAsked[]): Promise<Facts[]>;
  plannedRows(runs: readonly OrgRun[]): Promise<Map<RunId, PlanRow[]>>;
  /** Up to `limit` contacts of the organization in the order of their ids, after this one. */
  contactsAfter(orgId: OrgId, after: string | null, limit: number): Promise<ContactId[]>;
  /** Up to `limit` of those who were enrolled in the course then and did not leave it, by the ids of enrollments. */
  enrolledAfter(
    orgId: OrgId,
    of: { courseId: string; after: string | null; until: Date },
    limit: number,
  ): Promise<Enrolled[]>;
}

/** One transaction of the decide or wake loop. */
export interface DecideSession {
  claims: Claims;
  world: World;
  write(consequences: Consequences, now: Date): Promise<void>;
  /**
   * Puts on record, whatever becomes of this transaction, that these are being decided: should the process die of one of
   * them, each counts as tried (`countDeaths`).
   */
  begin(kind: 'events' | 'runs', items: readonly { orgId: OrgId; id: EventId | RunId }[]): Promise<void>;
}

/** What the loops need of the database. */
export interface DecideStore {
  transaction<T>(work: (session: DecideSession) => Promise<T>): Promise<T>;
  /** When the next event or run that is not due yet will be. */
  nextDue(kind: 'events' | 'runs', now: Date): Promise<Round['nextDueAt']>;
  /**
   * Counts what processes had begun that died as tried once more, and puts off what this happened to before: `pausesMs`,
   * by how often it was tried until then.
   */
  countDeaths(kind: 'events' | 'runs', now: Date, pausesMs: readonly number[]): Promise<void>;
  /**
   * Puts an event off after a failure; after the last try it leaves the queue and a review item is made, which says how
   * often it was `tried`: once more than before, when left out.
   */
  eventFailed(failed: PendingEvent, error: string, retryAt: Date | null, tried?: number): Promise<void>;
  /** Puts a run off after a failure; after the last try it ends as failed and a review item is made, as for events. */
  runFailed(failed: DueRun, error: string, retryAt: Date | null, tried?: number): Promise<void>;
  /** Records `flow.ticked` for schedules whose time has come, and sets their next time. Returns how many. */
  tickSchedules(now: Date): Promise<number>;
}
