import type { WorkKind } from '../claim-loop.js';
import type { MessageId, OrgId } from '../ids.js';
import type { Breaker } from './breaker.js';
import type { Candidate, ReleaseConnection } from './candidate.js';
import type { Check } from './check.js';
import type { Transition } from './outcome.js';
import type { Payload, SendOutcome } from './provider.js';
import type { Sending } from './sending.js';
import type { Bucket } from './token-bucket.js';

/** Which due messages to take on, and for how long they are ours. */
export interface ClaimRequest {
  lane: 0 | 1;
  now: Date;
  /** Null: no worker of ours, but who is to report what became of them. */
  owner: string | null;
  leaseUntil: Date;
  /** How many, in all and of one organization. Claiming keeps what it takes. */
  places: RoundPlaces;
  /** Of a batch that failed: these alone. */
  only?: readonly MessageKey[];
}

/** What other rounds and the calls under way leave to this round. */
export interface RoundPlaces {
  readonly count: number;
  roomOf(orgId: OrgId): number;
  /** The round takes on so many of each organization and no more. */
  keep(shares: readonly (readonly [OrgId, number])[]): void;
}

export interface MessageKey {
  orgId: OrgId;
  id: MessageId;
}

/** A batch could not be released, because of one or some of its messages; all of it was undone. */
export class ReleaseFailed extends Error {
  override readonly name = 'ReleaseFailed';
  constructor(
    readonly messages: readonly MessageKey[],
    cause: unknown,
  ) {
    super('A batch of messages could not be released.', { cause });
  }
}

/** What was claimed, with everything its decisions rest on. */
export interface ClaimedBatch {
  candidates: (Candidate & { storedPayload: Payload | null })[];
  /** By bucketKey. */
  buckets: Map<string, Bucket>;
}

/** What is written about one claimed message, in the transaction that claimed it. */
export type Verdict = { candidate: Candidate; checks: Check[] } & (
  | {
      kind: 'send';
      sending: Sending;
      /** The payload as JSON in UTF-8, just as it will be sent; null when the stored one is repeated. */
      payload: Uint8Array | null;
      payloadHash: string;
      links: { id: string; url: string }[];
    }
  | { kind: 'defer'; until: Date; reason: string; rule: string }
  | {
      kind: 'end';
      status: 'skipped' | 'expired' | 'failed' | 'dead' | 'unknown';
      reason: string;
      rule: string;
    }
  /** Its connection is busy: looked at again in a moment, without a record. */
  | { kind: 'leave'; until: Date }
);

export interface Verdicts {
  verdicts: Verdict[];
  buckets: { key: string; bucket: Bucket }[];
  probes: { connection: ReleaseConnection; breaker: Breaker }[];
}

export interface Claimed {
  /** Rows taken on, whatever became of them. */
  claimed: number;
  /** There is more that is due and could have been taken. */
  more: boolean;
  /** More would be due, of organizations that have as many calls under way as they may. */
  held: boolean;
  nextDueAt: Date | null;
  /** Claimed and left as they are: their release failed or ended a process before. Each must be released alone. */
  suspects: Suspect[];
}

export interface Suspect extends MessageKey {
  /** How often. */
  tries: number;
}

export interface RecordedOutcome {
  sending: Sending;
  outcome: SendOutcome;
  at: Date;
  transition: Transition;
  /** Who made the call says so, however late: it settles what was unknown until now. */
  reported?: boolean;
}

/** What delivering needs of the database; the worker's, over all organizations. */
export interface DeliveryStore {
  /**
   * Claims due messages, fair over organizations, hands them to `decide` and writes what it says, in one transaction.
   * The contacts of what counts under a cap are locked meanwhile. `decide` is pure and may run again. Throws
   * `ReleaseFailed` when what failed has to do with the messages, not with the database.
   */
  release(request: ClaimRequest, decide: (batch: ClaimedBatch) => Verdicts): Promise<Claimed>;
  /**
   * Puts off a message that cannot be released, counting how often; after the last try it is dead and a person is asked,
   * with `problem` as the reason.
   */
  setAside(failed: MessageKey, problem: string, now: Date): Promise<void>;
  /**
   * Writes what became of attempts, in one transaction: status (forward only), events, outbox, suppressions, review
   * items, breakers. An attempt whose outcome is known already stays as it is. Returns which loops it made work for: most
   * blasts for none, and to wake all of them after every record took three of four rounds for nothing.
   */
  record(outcomes: readonly RecordedOutcome[]): Promise<ReadonlySet<WorkKind>>;
  /** Attempts under way whose worker is gone, or whose lease is over. */
  expired(now: Date, limit: number): Promise<Sending[]>;
  /** Asks a person about sends that are unknown and whose report did not come in time. Returns how many. */
  askAboutUnknown(now: Date, limit: number): Promise<number>;
}
