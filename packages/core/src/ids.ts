import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

/** An id that cannot be mistaken for another kind of id. All are UUIDs (version 7 where Halyard makes them). */
export type Id<Kind extends string> = string & { readonly __kind: Kind };

export type OrgId = Id<'org'>;
export type UserId = Id<'user'>;
export type SessionId = Id<'session'>;
export type ApiKeyId = Id<'api_key'>;
export type InvitationId = Id<'invitation'>;
export type ContactId = Id<'contact'>;
export type ProductId = Id<'product'>;
export type BookingId = Id<'booking'>;
export type CourseId = Id<'course'>;
export type EnrollmentId = Id<'enrollment'>;
export type EventId = Id<'event'>;
export type TemplateId = Id<'template'>;
export type FlowId = Id<'flow'>;
export type FlowVersionId = Id<'flow_version'>;
export type RunId = Id<'run'>;
export type MessageId = Id<'message'>;
export type AttemptId = Id<'attempt'>;
export type ConnectionId = Id<'connection'>;
export type EndpointId = Id<'endpoint'>;
export type DeliveryId = Id<'delivery'>;
export type ImportId = Id<'import'>;
export type OutreachSourceId = Id<'outreach_source'>;
export type CampaignId = Id<'campaign'>;

/** Where new ids come from: random in production, counted in tests and simulations. */
export type Ids = <T extends Id<string>>() => T;

/** Time-ordered UUIDs, so that rows made together lie together; those of one process grow from one to the next. */
export const randomIds: Ids = <T extends Id<string>>() => {
  const random = sixteenBytes();
  const now = Date.now();
  if (now > last) {
    last = now;
    // Its top bit is left free, so that counting on from it within a millisecond does not overflow.
    count = random.readUInt32BE(6) >>> 1;
  } else count += 1;
  return v7({ random, msecs: last, seq: count }) as T;
};

let last = 0;
let count = 0;

// Random bytes are fetched for 256 ids at once: asking for those of one took ten times as long as making it.
const pool = Buffer.alloc(4_096);
let unused = pool.length;

function sixteenBytes(): Buffer {
  if (unused === pool.length) {
    randomFillSync(pool);
    unused = 0;
  }
  unused += 16;
  return pool.subarray(unused - 16, unused);
}

/** No id made at this moment or later is smaller. */
export const firstIdAt = (at: Date): string =>
  v7({ msecs: at.getTime(), seq: 0, random: new Uint8Array(16) });

/** Ids that are the same in every run: for tests and simulations. */
export const countedIds = (start = 1): Ids => {
  let n = start;
  return <T extends Id<string>>() => `00000000-0000-7000-8000-${(n++).toString(16).padStart(12, '0')}` as T;
};
