import type { Course } from '@halyard/contracts/academy/course';
import type { Channel } from '@halyard/contracts/primitives';
import type { ConsentLine } from '../contacts/consent.js';
import type { SuppressionReason } from '../contacts/suppression.js';
import type { Candidate, ReleaseOrganization } from '../delivery/candidate.js';
import type { SeenEvent } from '../flows/run.js';
import type { ConnectionId, ContactId, MessageId, OrgId } from '../ids.js';
import type { NewMessage } from '../messages/message.js';

/** A tree of facts: plain JSON, instants as the database prints them (core/flows/run.ts). */
export type Tree = Readonly<Record<string, unknown>>;

export interface SimulatedContact {
  id: ContactId;
  /** `contact` among the facts. */
  facts: Tree;
  /** The whole ledger; what counts at a moment are the lines until then. */
  consents: (ConsentLine & { occurredAt: Date })[];
  /** By suppressionKey. */
  suppressed: ReadonlyMap<string, { reason: SuppressionReason; at: Date }>;
  /** Marketing messages that others than the simulated flows released to them: they count under the caps. */
  released: { messageId: MessageId; at: Date; channel: Channel }[];
}

export interface Price {
  amount: number;
  currency: string;
  per: 'message' | 'segment';
}

/** The organization's world at the moment the simulation begins. Never changed: two simulations may begin from it. */
export interface StartingPoint {
  orgId: OrgId;
  organization: ReleaseOrganization;
  prices: ReadonlyMap<ConnectionId, Price>;
  /** `organization` among the facts. */
  organizationFacts: Tree;
  contacts: ReadonlyMap<ContactId, SimulatedContact>;
  /** Bookings as they were, without the type: `subject` among the facts. */
  bookings: ReadonlyMap<string, Tree>;
  /** Enrollments as they were, with their courses as these are now: `subject` among the facts. */
  enrollments: ReadonlyMap<string, Tree>;
  courses: ReadonlyMap<string, Course>;
  products: ReadonlyMap<string, Tree>;
  /** The templates that a message about this product would be sent with. */
  templatesOf(
    template: NonNullable<NewMessage['template']>,
    channels: readonly Channel[],
    productId: string | null,
  ): Candidate['templates'];
  /** Keys of re-entry that were taken before, as `flow id/key`. */
  taken: ReadonlySet<string>;
}

/** Something that happens from outside while the clock runs. */
export interface SimulatedInput {
  at: Date;
  event: SeenEvent;
  /** What it changes of a booking: columns with their new values. A booking that is not there yet is made of them. */
  booking?: { id: string; set: Tree };
  /** The same of an enrollment. */
  enrollment?: { id: string; set: Tree };
}

/** What cannot be known, as shares of messages: how many arrive, are opened, are clicked. */
export interface Rates {
  delivered: number;
  opened: number;
  clicked: number;
}
