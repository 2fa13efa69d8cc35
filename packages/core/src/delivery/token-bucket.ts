/**
 * A rate as a bucket of tokens: a second's worth of burst, refilled all the time. Who finds it empty is given a slot in
 * a queue and comes back then, so that a blast of thousands is deferred once each and not over and over.
 */
export interface Bucket {
  /** Tokens a second; null when only `blockedUntil` counts (a provider told us to wait). */
  rate: number | null;
  tokens: number;
  refilledAt: Date;
  /** The end of the queue: the slot that was given out last. */
  lastSlotAt: Date;
  /** A provider said: not before. */
  blockedUntil: Date | null;
}

export type Take = { kind: 'taken' } | { kind: 'wait'; until: Date };

/** Who asks: `slotted` had a slot and it has come; `urgent` does not queue (transactional messages). */
export type Asker = 'new' | 'slotted' | 'urgent';

export const emptyBucket = (rate: number | null, now: Date): Bucket => ({
  rate,
  tokens: rate === null ? 0 : Math.max(1, rate),
  refilledAt: now,
  lastSlotAt: now,
  blockedUntil: null,
});

/** The bucket as it is at `now`. Clocks of several workers differ: time never runs backwards here. */
export function refill(bucket: Bucket, now: Date): Bucket {
  if (bucket.rate === null) return bucket;
  const seconds = Math.max(0, now.getTime() - bucket.refilledAt.getTime()) / 1000;
  const tokens = Math.min(Math.max(1, bucket.rate), bucket.tokens + seconds * bucket.rate);
  return { ...bucket, tokens, refilledAt: seconds > 0 ? now : bucket.refilledAt };
}

/** What this asker would get of a refilled bucket. */
export function ask(bucket: Bucket, asker: Asker, now: Date): Take {
  if (bucket.blockedUntil && bucket.blockedUntil > now)
    return { kind: 'wait', until: laterBy(bucket.blockedUntil, 0) };
  if (bucket.rate === null) return { kind: 'taken' };
  const queued = asker === 'new' && bucket.lastSlotAt > now;
  if (bucket.tokens >= 1 && !queued) return { kind: 'taken' };
  const after = bucket.lastSlotAt > now && asker === 'new' ? bucket.lastSlotAt : now;
  return { kind: 'wait', until: laterBy(after, 1000 / bucket.rate) };
}

export const takeToken = (bucket: Bucket): Bucket =>
  bucket.rate === null ? bucket : { ...bucket, tokens: bucket.tokens - 1 };

/** Remembers the slot that was given out. */
export const giveSlot = (bucket: Bucket, until: Date): Bucket =>
  until > bucket.lastSlotAt ? { ...bucket, lastSlotAt: until } : bucket;

const laterBy = (at: Date, milliseconds: number): Date => new Date(at.getTime() + Math.ceil(milliseconds));
