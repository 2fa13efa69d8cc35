import type { Subject } from '../events/event.js';
import type { FlowId } from '../ids.js';

/**
 * What a person or the API asks of the decide loop. Nothing is decided on the request path: the request is recorded as
 * an event about the contact, in the transaction that answers it, and decided like any other.
 */
export const startRequested = 'flow.start_requested';
export const stopRequested = 'flow.stop_requested';

/** Payload of `flow.start_requested`. The event's own subject is what the run will be about. */
export interface StartRequest {
  flow_id: FlowId;
  /** Admit even if the flow's re-entry rule would not: for a person who starts it by hand. */
  again?: boolean;
  /** What re-entry `always` counts; the request itself, when left out. */
  occasion?: string;
}

/** Payload of `flow.stop_requested`: ends the contact's active runs of the flow, or only those about a subject. */
export interface StopRequest {
  flow_id: FlowId;
  subject?: Subject;
  reason?: string;
}

/** A schedule's time has come; decided by going through the contacts, a chunk per event. */
export const ticked = 'flow.ticked';

export interface Tick {
  flow_id: FlowId;
  /** The time of the schedule, ISO: with flow and contact it makes an admission unique. */
  at: string;
  /** The contact after which the next chunk begins; null: from the first. */
  after: string | null;
}
