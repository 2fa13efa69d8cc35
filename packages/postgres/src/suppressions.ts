import type { Channel } from '@halyard/contracts/primitives';
import { addressHash } from '@halyard/core/contacts/address-hash';
import type { NewSuppression, SuppressionReason } from '@halyard/core/contacts/suppression';
import type { OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from './database.js';

/**
 * Puts addresses (normalized) on the suppression list, in the caller's transaction; one that is there keeps its first
 * reason. Returns how many are new.
 */
export async function suppress(tx: Tx, orgId: OrgId, entries: readonly NewSuppression[]): Promise<number> {
  if (entries.length === 0) return 0;
  const rows = entries
    .map((entry) => ({
      ...entry,
      address: entry.erased ? null : entry.address,
      hash: addressHash(entry.channel, entry.address).toString('hex'),
    }))
    .sort((a, b) => (a.hash < b.hash ? -1 : 1)); // one order for all writers: they wait instead of deadlocking
  const { numAffectedRows } = await sql`
    insert into suppressions (org_id, channel, address_hash, address, reason, source)
    select ${orgId}, channel, decode(hash, 'hex'), address, reason, source
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given (channel text, hash text, address text, reason text, source text)
    on conflict do nothing`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

/**
 * Takes an address (normalized) off the list, in the caller's transaction: START words, a confirmed address, a person's
 * decision. `reason`: only when that is why it is there. Returns whether it was on it.
 */
export async function unsuppress(
  tx: Tx,
  orgId: OrgId,
  { channel, address, reason }: { channel: Channel; address: string; reason?: SuppressionReason },
): Promise<boolean> {
  let entry = tx
    .deleteFrom('suppressions')
    .where('org_id', '=', orgId)
    .where('channel', '=', channel)
    .where('address_hash', '=', addressHash(channel, address));
  if (reason) entry = entry.where('reason', '=', reason);
  const { numDeletedRows } = await entry.executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Which of these addresses (normalized) are suppressed, in the order given. */
export async function suppressedAmong(
  tx: Tx,
  orgId: OrgId,
  addresses: readonly { channel: Channel; address: string }[],
): Promise<boolean[]> {
  if (addresses.length === 0) return [];
  const hashes = addresses.map((one) => addressHash(one.channel, one.address).toString('hex'));
  const { rows } = await sql<{ channel: string; hash: string }>`
    select suppressions.channel, encode(address_hash, 'hex') as hash
    from unnest(${addresses.map((one) => one.channel)}::text[], ${hashes}::text[]) as given (channel, hash)
    join suppressions on org_id = ${orgId} and suppressions.channel = given.channel
      and address_hash = decode(given.hash, 'hex')`.execute(tx);
  const found = new Set(rows.map((row) => `${row.channel}:${row.hash}`));
  return addresses.map((one, n) => found.has(`${one.channel}:${hashes[n]}`));
}
