import type { PermitInput } from '@halyard/contracts/handovers/permit';
import type { Channel } from '@halyard/contracts/primitives';
import type { WorkKind } from '../claim-loop.js';
import type {
  ClaimedBatch,
  ClaimRequest,
  MessageKey,
  RecordedOutcome,
  Verdicts,
} from '../delivery/delivery-store.js';
import type { SendOutcome } from '../delivery/provider.js';
import type { Sending } from '../delivery/sending.js';
import type { AttemptId, ContactId, MessageId, OrgId } from '../ids.js';
import type { MessageStatus } from '../messages/message.js';

/** Until when what is handed out now has to be reported. */
export type HandoverTerm = Pick<ClaimRequest, 'now' | 'leaseUntil'>;

export interface Claimable {
  /** Null: all. */
  channels: readonly Channel[] | null;
  limit: number;
}

/** Where the message of a permit stands. */
export interface PermitState {
  messageId: MessageId;
  contactId: ContactId | null;
  status: MessageStatus;
  reason: string | null;
  /** What the last rule that stopped it says would have to differ. */
  needs: string | null;
  address: string | null;
  dueAt: Date;
  leaseUntil: Date | null;
  /** The last one. */
  attemptId: AttemptId | null;
  /** That attempt was made for whoever asks now. */
  handedOut: boolean;
}

/** An attempt, and what is known of it. */
export interface KnownAttempt {
  sending: Sending;
  outcome: Exclude<SendOutcome['kind'], 'handed_over'> | null;
  status: MessageStatus;
}

/** What handing over needs of the database; each call is one transaction of the organization. */
export interface HandoverStore {
  /**
   * Locks messages that wait to be claimed, hands them to `decide` and writes what it says: the intents are committed when
   * it returns. What another caller holds is skipped.
   */
  claim(
    orgId: OrgId,
    what: Claimable,
    term: HandoverTerm,
    decide: (batch: ClaimedBatch) => Verdicts,
  ): Promise<void>;
  /** As DeliveryStore.setAside. */
  setAside(failed: MessageKey, problem: string, now: Date): Promise<void>;
  /**
   * Writes the message of a permit, once for its key, and has it decided if it is to be decided now. Throws
   * `idempotency_conflict` when the key stands for another message.
   */
  ask(
    orgId: OrgId,
    input: PermitInput,
    term: HandoverTerm,
    decide: (batch: ClaimedBatch) => Verdicts,
  ): Promise<PermitState>;
  attempt(orgId: OrgId, id: AttemptId): Promise<KnownAttempt | null>;
  /** As DeliveryStore.record. */
  record(orgId: OrgId, outcomes: readonly RecordedOutcome[]): Promise<ReadonlySet<WorkKind>>;
}
