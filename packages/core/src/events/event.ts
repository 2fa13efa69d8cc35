import type { ContactId, EventId } from '../ids.js';

/** What an event or a run is about: a booking, a course, an item of another service. */
export interface Subject {
  type: string;
  id: string;
}

/** An immutable fact. `key` makes recording it idempotent within the organization. */
export interface NewEvent {
  id: EventId;
  type: string;
  contactId: ContactId | null;
  subject?: Subject;
  payload: Record<string, unknown>;
  occurredAt: Date;
  key?: string;
  /** What a repetition with the same key is compared by; without it type, contact, subject and payload. */
  fingerprint?: string;
  /** What it follows from, as a traceparent; without it, the request that is being served. */
  trace?: string | null;
}
