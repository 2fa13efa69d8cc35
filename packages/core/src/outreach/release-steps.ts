import type { OutreachItem } from '@halyard/contracts/outreach/item';
import { crashPoint } from '#crash-point';
import type { Round, Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import type { ContactId, EventId, Ids, MessageId, OrgId } from '../ids.js';
import type { NewMessage } from '../messages/message.js';
import { messageOf } from './new-item.js';
import type { StepBefore } from './sequence.js';
import { nextOfSequence } from './sequence.js';

/** A step that waits and whose own time has come. */
export interface WaitingStep {
  orgId: OrgId;
  item: OutreachItem;
  contactId: ContactId | null;
  eventId: EventId | null;
  before: StepBefore | null;
}

export type StepOutcome = { orgId: OrgId; itemId: string } & (
  | { kind: 'release'; message: NewMessage }
  | { kind: 'cancel'; reason: string }
  | { kind: 'wait'; until: Date }
);

/** What releasing needs of the database. */
export interface StepStore {
  /** Claims waiting steps that are to be looked at, and writes what `decide` says of each, in one transaction. */
  lookAtSteps(
    limit: number,
    now: Date,
    decide: (steps: readonly WaitingStep[]) => StepOutcome[],
  ): Promise<{ claimed: number; released: number }>;
  nextLook(now: Date): Promise<Date | null>;
}

/** Lets steps of outreach sequences go when the step before them was sent (sequence.ts). */
export class ReleaseSteps {
  constructor(
    private readonly store: StepStore,
    private readonly clock: Clock,
    private readonly newId: Ids,
    private readonly wakeups: Wakeups,
  ) {}

  async round(limit: number): Promise<Round> {
    const now = this.clock.now();
    const { claimed, released } = await this.store.lookAtSteps(limit, now, (steps) =>
      steps.map((step) => this.#outcomeOf(step, now)),
    );
    if (released) crashPoint('steps-released');
    if (released) this.wakeups.poke('messages');
    return { claimed, nextDueAt: claimed ? now : await this.store.nextLook(now) };
  }

  #outcomeOf({ orgId, item, contactId, eventId, before }: WaitingStep, now: Date): StepOutcome {
    const verdict = nextOfSequence(before, now);
    const step = { orgId, itemId: item.id };
    if (verdict.kind !== 'release') return { ...step, ...verdict };
    const messageId = this.newId<MessageId>();
    return { ...step, kind: 'release', message: messageOf(item, { messageId, contactId, eventId }, now) };
  }
}
