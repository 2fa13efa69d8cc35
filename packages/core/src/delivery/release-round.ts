import type { Channel } from '@halyard/contracts/primitives';
import type { ConnectionId, OrgId } from '../ids.js';
import type { Breaker } from './breaker.js';
import { probing } from './breaker.js';
import type { Candidate, PastAttempt, ReleaseConnection } from './candidate.js';
import type { Check } from './check.js';
import { defer, pass } from './check.js';
import type { Asker, Bucket } from './token-bucket.js';
import { ask, emptyBucket, giveSlot, refill, takeToken } from './token-bucket.js';
import { addressRate, connectionRate } from './vendor-rates.js';
import type { Sender } from './who-sends.js';

/** Names a bucket in its organization: all messages, one channel, one connection, one address of a connection. */
export type BucketName =
  | 'organization'
  | `channel:${Channel}`
  | `connection:${ConnectionId}`
  | `address:${ConnectionId}:${string}`;

/** How a message is to go out. */
export interface Way {
  channel: Channel;
  address: string;
  connection: ReleaseConnection;
}

export const bucketKey = (orgId: OrgId, name: BucketName): string => `${orgId}/${name}`;

export interface RoundLimits {
  /** How many more calls the connection may have under way in this process. */
  roomAt(connection: ReleaseConnection): number;
  /** For how long after its first use a key may be repeated there. */
  repeatWithinMs(provider: string): number;
  /** Whose messages the round is for; any, when left out. */
  sender?: Sender;
}

/**
 * What the messages of one batch share, while it is decided: each takes its tokens, its place under the caps and its
 * room at a connection from what those before it left.
 */
export class ReleaseRound {
  readonly #taken = new Map<ConnectionId, number>();
  readonly #probed = new Map<ConnectionId, { connection: ReleaseConnection; breaker: Breaker }>();
  readonly #touched = new Set<string>();
  readonly #ways = new Map<string, BucketName[]>();

  constructor(
    readonly now: Date,
    /** By bucketKey; those that have a row. */
    private readonly buckets: Map<string, Bucket>,
    private readonly limits: RoundLimits,
  ) {}

  /** Whose messages the round is for; null for any. */
  get sender(): Sender | null {
    return this.limits.sender ?? null;
  }

  breakerOf({ id, breaker }: ReleaseConnection): Breaker {
    return this.#probed.get(id)?.breaker ?? breaker;
  }

  hasRoom(connection: ReleaseConnection): boolean {
    return this.limits.roomAt(connection) > (this.#taken.get(connection.id) ?? 0);
  }

  /** Whether what is unknown can still be repeated at `at`. */
  isRepeatable(repeated: PastAttempt, { history, organization }: Candidate, at: Date): boolean {
    const first = history.find((attempt) => attempt.idempotencyKey === repeated.idempotencyKey) ?? repeated;
    const connection = organization.connections.find(({ id }) => id === repeated.connectionId);
    const windowMs = connection ? this.limits.repeatWithinMs(connection.provider) : longestRepeatMs;
    return at.getTime() - first.startedAt.getTime() < windowMs;
  }

  checkRates(candidate: Candidate, way: Way): Check {
    const { message, organization } = candidate;
    const asker = askerOf(message.class, message.deferredBy);
    const { orgId } = message;
    const names = this.#bucketsOn(candidate, way);
    let until: Date | null = null;
    let slowest: BucketName = 'organization';
    for (const name of names) {
      const take = ask(this.#bucket(orgId, name, rateOf(name, organization, way)), asker, this.now);
      if (take.kind === 'taken' || (until && take.until <= until)) continue;
      until = take.until;
      slowest = name;
    }
    if (!until) return pass('rates');
    // Who waits for a slow address holds up nobody who writes to another.
    const waited = slowest.startsWith('address:') ? [slowest] : names;
    for (const name of waited) this.#change(orgId, name, (bucket) => giveSlot(bucket, until));
    return defer('rates', until, 'Fewer messages would have to go out at this moment.', { bucket: slowest });
  }

  /** The message is sent: what it uses is gone for those after it. */
  take(candidate: Candidate, way: Way, probe: boolean): void {
    const { message, released } = candidate;
    const { channel, connection } = way;
    for (const name of this.#bucketsOn(candidate, way)) this.#change(message.orgId, name, takeToken);
    this.#taken.set(connection.id, (this.#taken.get(connection.id) ?? 0) + 1);
    if (probe)
      this.#probed.set(connection.id, {
        connection,
        breaker: probing(this.breakerOf(connection), this.now),
      });
    if (message.class === 'marketing') released.push({ messageId: message.id, at: this.now, channel });
  }

  /** Buckets that are to be written back. */
  changedBuckets(): { key: string; bucket: Bucket }[] {
    return [...this.#touched].flatMap((key) => {
      const bucket = this.buckets.get(key);
      return bucket ? [{ key, bucket }] : [];
    });
  }

  /** Connections whose breaker lets one message probe. */
  probes(): { connection: ReleaseConnection; breaker: Breaker }[] {
    return [...this.#probed.values()];
  }

  /** Those that can hold a message back on this way: where there is a rate, or a provider told us to wait. */
  #bucketsOn({ organization }: Candidate, way: Way): BucketName[] {
    const { channel, address, connection } = way;
    const paced = addressRate(connection, address) === null ? '' : address;
    const key = `${connection.id} ${channel} ${paced}`;
    const known = this.#ways.get(key);
    if (known) return known;
    const names = bucketNames(channel, connection).filter(
      (name) =>
        rateOf(name, organization, way) !== null || this.buckets.has(bucketKey(organization.orgId, name)),
    );
    if (paced) names.push(`address:${connection.id}:${paced}`);
    this.#ways.set(key, names);
    return names;
  }

  #bucket(orgId: OrgId, name: BucketName, rate: number | null): Bucket {
    const key = bucketKey(orgId, name);
    const known = this.buckets.get(key) ?? emptyBucket(rate, this.now);
    const bucket = refill({ ...known, rate }, this.now);
    this.buckets.set(key, bucket);
    return bucket;
  }

  #change(orgId: OrgId, name: BucketName, change: (bucket: Bucket) => Bucket): void {
    const key = bucketKey(orgId, name);
    const bucket = this.buckets.get(key);
    if (!bucket || bucket.rate === null) return;
    this.buckets.set(key, change(bucket));
    this.#touched.add(key);
  }
}

/** Its connection is paused; when it is back in this time, its provider's window decides. */
const longestRepeatMs = 12 * 3_600_000;

const bucketNames = (channel: Channel, connection: ReleaseConnection): BucketName[] => [
  'organization',
  `channel:${channel}`,
  `connection:${connection.id}`,
];

function rateOf(
  name: BucketName,
  { policy }: Candidate['organization'],
  { address, connection }: Way,
): number | null {
  if (name === 'organization') return policy.rates.organization ?? null;
  if (name.startsWith('connection:')) return connectionRate(connection);
  if (name.startsWith('address:')) return addressRate(connection, address);
  return policy.rates.channels[name.slice('channel:'.length) as Channel] ?? null;
}

/** A transactional message does not queue behind a blast; one that had a slot does not queue again. */
const askerOf = (messageClass: Candidate['message']['class'], deferredBy: string | null): Asker => {
  if (messageClass === 'transactional') return 'urgent';
  return deferredBy === 'rates' ? 'slotted' : 'new';
};
