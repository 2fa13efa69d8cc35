import type { ReleaseOrganization } from '@halyard/core/delivery/candidate';
import type { BucketName } from '@halyard/core/delivery/release-round';
import { bucketKey } from '@halyard/core/delivery/release-round';
import type { Bucket } from '@halyard/core/delivery/token-bucket';
import { emptyBucket } from '@halyard/core/delivery/token-bucket';
import { connectionRate } from '@halyard/core/delivery/vendor-rates';
import type { OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';

/**
 * Locks the buckets of these organizations until the transaction ends, so that two workers never take the same token.
 * Those that no row is for yet are made first. All in one order: workers wait for one another and never deadlock.
 */
export async function lockBuckets(
  tx: Tx,
  organizations: Iterable<ReleaseOrganization>,
  now: Date,
): Promise<Map<string, Bucket>> {
  const all = [...organizations];
  const rated = all.flatMap((organization) => namesOf(organization, now));
  if (rated.length) await insertMissing(tx, rated, now);
  const { rows } = await sql<BucketRow>`
    select org_id, name, tokens, refilled_at, last_slot_at, blocked_until from rate_buckets
    where org_id = any (${all.map(({ orgId }) => orgId)}::uuid[])
    order by org_id, name for update`.execute(tx);
  return new Map(
    rows.map((row) => [
      bucketKey(row.org_id, row.name),
      {
        rate: null, // what counts is the organization's policy of now; the round fills it in
        tokens: row.tokens,
        refilledAt: row.refilled_at,
        lastSlotAt: row.last_slot_at,
        blockedUntil: row.blocked_until,
      },
    ]),
  );
}

interface BucketRow {
  org_id: OrgId;
  name: BucketName;
  tokens: number;
  refilled_at: Date;
  last_slot_at: Date;
  blocked_until: Date | null;
}

interface Rated {
  org_id: OrgId;
  name: BucketName;
  tokens: number;
}

function namesOf({ orgId, policy, connections }: ReleaseOrganization, now: Date): Rated[] {
  const rated: Rated[] = [];
  const add = (name: BucketName, rate: number | null | undefined) => {
    if (rate) rated.push({ org_id: orgId, name, tokens: emptyBucket(rate, now).tokens });
  };
  add('organization', policy.rates.organization);
  for (const [channel, rate] of Object.entries(policy.rates.channels))
    add(`channel:${channel}` as BucketName, rate);
  for (const connection of connections) add(`connection:${connection.id}`, connectionRate(connection));
  return rated;
}

const insertMissing = (tx: Tx, rated: Rated[], now: Date) =>
  sql`
    insert into rate_buckets (org_id, name, tokens, refilled_at, last_slot_at)
    select org_id, name, tokens, ${now}, ${now}
    from jsonb_to_recordset(${JSON.stringify(rated)}::jsonb) as given (org_id uuid, name text, tokens float8)
    where not exists (select from rate_buckets b where b.org_id = given.org_id and b.name = given.name)
    order by org_id, name
    on conflict do nothing`.execute(tx);

/**
 * Writes back what the round took. The rows are locked by `lockBuckets`, but those of addresses that nothing was sent to
 * before: two workers that are the first at once take one token too many, once.
 */
export async function saveBuckets(
  tx: Tx,
  changed: readonly { key: string; bucket: Bucket }[],
): Promise<void> {
  if (changed.length === 0) return;
  const rows = changed.map(({ key, bucket }) => ({
    org_id: key.slice(0, key.indexOf('/')),
    name: key.slice(key.indexOf('/') + 1),
    tokens: bucket.tokens,
    refilled_at: bucket.refilledAt,
    last_slot_at: bucket.lastSlotAt,
  }));
  await sql`
    insert into rate_buckets (org_id, name, tokens, refilled_at, last_slot_at)
    select org_id, name, tokens, refilled_at, last_slot_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given (org_id uuid, name text, tokens float8, refilled_at timestamptz, last_slot_at timestamptz)
    order by org_id, name
    on conflict (org_id, name) do update
    set tokens = excluded.tokens, refilled_at = excluded.refilled_at, last_slot_at = excluded.last_slot_at`.execute(
    tx,
  );
}

/** A provider wants nothing on these connections for a while. */
export async function blockConnections(
  tx: Tx,
  blocks: readonly { orgId: OrgId; connectionId: string; until: Date }[],
  now: Date,
): Promise<void> {
  if (blocks.length === 0) return;
  const latest = new Map<string, (typeof blocks)[number]>();
  for (const block of blocks) {
    const known = latest.get(block.connectionId);
    if (!known || known.until < block.until) latest.set(block.connectionId, block);
  }
  const rows = [...latest.values()]
    .map(({ orgId, connectionId, until }) => ({
      org_id: orgId,
      name: `connection:${connectionId}`,
      tokens: emptyBucket(null, now).tokens,
      until,
    }))
    .sort((a, b) => (a.org_id + a.name < b.org_id + b.name ? -1 : 1));
  await sql`
    insert into rate_buckets as b (org_id, name, tokens, refilled_at, last_slot_at, blocked_until)
    select org_id, name, tokens, ${now}, ${now}, until
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given (org_id uuid, name text, tokens float8, until timestamptz)
    on conflict (org_id, name) do update
    set blocked_until = greatest(b.blocked_until, excluded.blocked_until)`.execute(tx);
}
