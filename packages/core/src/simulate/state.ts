import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { AssumedWorkflow } from '@halyard/contracts/simulate/routes';
import { withNextLesson } from '../academy/enrollment-facts.js';
import type { LiveFlow, OrgRun, PendingEvent } from '../decide/decide-store.js';
import type { Subject } from '../events/event.js';
import type { SeenEvent } from '../flows/run.js';
import type { ContactId, EventId, FlowVersionId, MessageId, RunId } from '../ids.js';
import { canFollowFrom } from './can-follow.js';
import { heedsOf } from './heeded.js';
import { Moments } from './moments.js';
import type { SimulatedMessage } from './simulated-message.js';
import { SimulatedWorkflows } from './simulated-workflows.js';
import type { SimulatedContact, SimulatedInput, StartingPoint, Tree } from './starting-point.js';

/** A contact and what the simulation has made for them. */
export interface ContactState {
  readonly start: SimulatedContact;
  facts: Tree;
  active: Map<RunId, OrgRun>;
  ended: Map<RunId, OrgRun>;
  /** Marketing messages that the simulated flows released. */
  released: SimulatedContact['released'];
  lastInboundAt: Record<string, Date>;
}

/** The tables of the simulation, in memory. Begins as the starting point and leaves that as it is. */
export class SimulationState {
  readonly contacts: Map<ContactId, ContactState>;
  readonly contactIds: ContactId[];
  /** With their type: `subject` among the facts. */
  readonly bookings: Map<string, Tree>;
  readonly enrollments: Map<string, Tree>;
  readonly events = new Map<EventId, SeenEvent>();
  readonly pending: PendingEvent[] = [];
  readonly taken: Set<string>;
  readonly assigned = new Map<string, FlowVersionId>();
  readonly definitions: ReadonlyMap<FlowVersionId, FlowDefinition>;
  /** Whether anything can follow from an event of this type. */
  readonly heeds: (type: string) => boolean;
  readonly runs = new Map<RunId, OrgRun>();
  readonly messages = new Map<MessageId, SimulatedMessage>();
  readonly messagesOfRun = new Map<RunId, SimulatedMessage[]>();
  readonly wakes = new Moments<RunId>((id, at) => this.#wakesAt(id) === at);
  readonly dues = new Moments<SimulatedMessage>(
    (message, at) => message.status === 'scheduled' && message.dueAt.getTime() === at,
  );
  /** What became of calls of workflows. */
  readonly workflows: SimulatedWorkflows;
  /** What could not be decided or moved. */
  readonly failures: { contactId: ContactId | null; at: Date; error: string }[] = [];

  constructor(
    readonly start: StartingPoint,
    readonly flows: LiveFlow[],
    workflows: readonly AssumedWorkflow[] = [],
  ) {
    this.workflows = new SimulatedWorkflows(workflows);
    this.contacts = new Map([...start.contacts].map(([id, contact]) => [id, stateOf(contact)]));
    this.contactIds = [...start.contacts.keys()].sort();
    this.bookings = new Map(
      [...start.bookings].map(([id, booking]) => [id, { type: 'booking', ...booking }]),
    );
    this.enrollments = new Map(start.enrollments);
    this.taken = new Set(start.taken);
    this.definitions = new Map(
      flows.flatMap(({ versions }) => versions.map(({ id, definition }) => [id, definition] as const)),
    );
    this.heeds = heedsOf([...this.definitions.values()]);
  }

  /** Takes in what happens from outside. What it means is decided afterwards. */
  take({ event, booking, enrollment, at }: SimulatedInput): void {
    if (booking) {
      const known = this.bookings.get(booking.id);
      this.bookings.set(booking.id, { type: 'booking', id: booking.id, ...known, ...booking.set });
    }
    if (enrollment) {
      const known = this.enrollments.get(enrollment.id);
      this.enrollments.set(enrollment.id, withNextLesson({ ...known, ...enrollment.set }));
    }
    const { contactId, payload } = event;
    const contact = contactId ? this.contacts.get(contactId) : undefined;
    if (contact && event.type === 'message.replied' && typeof payload.channel === 'string')
      contact.lastInboundAt[payload.channel] = at;
    // With nothing before it in the queue, the event would be decided on what is there now.
    if (this.pending.length > 0 || canFollowFrom(event, this, at)) this.queue(event);
  }

  /** Puts an event on record and in the queue of those to be decided. */
  queue(event: SeenEvent): void {
    if (!this.heeds(event.type)) return;
    this.events.set(event.id, event);
    // Whoever is not part of the simulation is nobody to it, as the erased are in production.
    const known = event.contactId === null || this.contacts.has(event.contactId);
    this.pending.push({
      orgId: this.start.orgId,
      event: known ? event : { ...event, contactId: null },
      tries: 0,
    });
  }

  /** The booking or enrollment that something is about. */
  entityOf(subject: Subject | null | undefined): Tree | undefined {
    if (subject?.type === 'booking') return this.bookings.get(subject.id);
    return subject?.type === 'enrollment' ? this.enrollments.get(subject.id) : undefined;
  }

  keepRun(run: OrgRun): void {
    this.runs.set(run.id, run);
    const contact = this.contacts.get(run.contactId);
    if (!contact) return;
    if (run.status === 'active') {
      contact.active.set(run.id, run);
      contact.ended.delete(run.id);
    } else {
      contact.active.delete(run.id);
      contact.ended.delete(run.id);
      contact.ended.set(run.id, run);
    }
    if (run.status === 'active' && run.wakeAt) this.wakes.add(run.wakeAt, run.id);
  }

  #wakesAt(id: RunId): number | null {
    const run = this.runs.get(id);
    return run?.status === 'active' ? (run.wakeAt?.getTime() ?? null) : null;
  }
}

const stateOf = (start: SimulatedContact): ContactState => ({
  start,
  facts: start.facts,
  active: new Map(),
  ended: new Map(),
  released: [],
  lastInboundAt: {},
});
