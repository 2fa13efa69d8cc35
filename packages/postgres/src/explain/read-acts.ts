import type { Channel } from '@halyard/contracts/primitives';
import { kindsOf } from '@halyard/core/contacts/address';
import { addressHash } from '@halyard/core/contacts/address-hash';
import type { ActRecord } from '@halyard/core/explain/explain-store';
import type { ContactId, MessageId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';

/** Whom or what acts can have touched a message through: itself, its contact, its addresses. */
export interface Touched {
  id: MessageId;
  contactId: ContactId | null;
  channels: readonly Channel[];
  /** Addresses of its own, by channel. */
  addresses: Record<string, unknown>;
}

/**
 * What the audit log tells of a message, its review items, its contact and its addresses, oldest first. Asked target by
 * target, each by the index: with `or` between them a log of a million rows was read from end to end.
 */
export async function readActs(tx: Tx, orgId: OrgId, touched: Touched): Promise<ActRecord[]> {
  const { id, contactId } = touched;
  const hashes = await suppressionIds(tx, orgId, touched);
  const { rows } = await sql<ActRecord>`
    with targets (type, id) as (
      values ('message', ${id}::text), ('contact', ${contactId}::text)
      union all select 'suppression', unnest(${hashes}::text[])
      union all select 'review_item', items.id::text from review_items items
        where items.org_id = ${orgId} and items.subject_type = 'message' and items.subject_id = ${id}),
    latest as (
      select acts.* from targets cross join lateral (
        select seq, at, action, actor_type, actor_name, changes from audit_log
        where org_id = ${orgId} and target_type = targets.type and target_id = targets.id
          and (targets.type <> 'contact'
            or action = any (array['contact.merged', 'contact.unmerged', 'contact.erased', 'consent.granted',
              'consent.withdrawn', 'consent.confirmed', 'preferences.changed']))
        order by seq desc limit 200) acts
      order by seq desc limit 200)
    select at, action, actor_type as "actorType", actor_name as "actorName", changes from latest order by seq`.execute(
    tx,
  );
  return rows;
}

/** The audit log names an address by the hash that its suppression has. */
async function suppressionIds(
  tx: Tx,
  orgId: OrgId,
  { contactId, channels, addresses }: Touched,
): Promise<string[]> {
  const rows = contactId
    ? await tx
        .selectFrom('identities')
        .select(['kind', 'address'])
        .where('org_id', '=', orgId)
        .where('contact_id', '=', contactId)
        .execute()
    : [];
  const idOf = (channel: Channel, address: string): string => addressHash(channel, address).toString('hex');
  const ids = channels.flatMap((channel) => {
    const kinds: readonly string[] = kindsOf(channel);
    const own = addresses[channel];
    const theirs = rows.filter(({ kind }) => kinds.includes(kind)).map(({ address }) => address);
    return [...theirs, ...(typeof own === 'string' ? [own] : [])].map((address) => idOf(channel, address));
  });
  return [...new Set(ids)];
}
