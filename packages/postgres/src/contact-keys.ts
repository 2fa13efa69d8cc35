import type { Contact } from '@halyard/contracts/contacts/contact';
import type { Address } from '@halyard/core/contacts/contact-input';
import { addressKey } from '@halyard/core/contacts/contact-input';
import type { ContactState, KnownContacts } from '@halyard/core/contacts/plan-upserts';
import { DomainError, notFound } from '@halyard/core/domain-error';
import type { ContactId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import { readContact } from './contact-rows.js';
import type { Tx } from './database.js';
import { planned } from './plan-once.js';
import { ahead } from './send-ahead.js';

export interface ContactKeys {
  externalIds: readonly string[];
  addresses: readonly Address[];
}

/**
 * Finds the contacts that keys mean and locks both, keys and contacts, until the transaction ends: two writers with the
 * same new address wait for one another instead of one failing on the unique index.
 */
export async function findByKeys(tx: Tx, orgId: OrgId, keys: ContactKeys): Promise<KnownContacts> {
  if (keys.externalIds.length + keys.addresses.length === 0)
    return { byExternalId: new Map(), byAddress: new Map(), withEmail: new Set() };
  await lockKeys(tx, orgId, keys);
  const lock = async () => {
    const found = await lookUp(tx, orgId, keys);
    return { found, states: await lockContacts(tx, orgId, [...new Set(found.map((row) => row.contact_id))]) };
  };
  let { found, states } = await lock();
  // A merge may have moved an address while we waited for its contact: look again, as nothing moves from now on.
  if ([...states.values()].some((state) => state.mergedInto)) ({ found, states } = await lock());
  const byExternalId = new Map<string, ContactState>();
  const byAddress = new Map<string, ContactState>();
  for (const row of found) {
    const state = states.get(row.contact_id);
    if (!state) continue;
    if (row.kind === null) byExternalId.set(row.key, state);
    else byAddress.set(addressKey({ kind: row.kind, address: row.key }), state);
  }
  const withEmail = new Set(found.flatMap((row) => (row.has_email ? [row.contact_id] : [])));
  return { byExternalId, byAddress, withEmail };
}

/**
 * A key that is not there yet has no row to lock. Keys share 64 locks per organization, so that a batch of any size
 * takes few, and takes them in order.
 */
async function lockKeys(tx: Tx, orgId: OrgId, { externalIds, addresses }: ContactKeys): Promise<void> {
  const keys = [...externalIds.map((id) => `external_id:${id}`), ...addresses.map(addressKey)];
  await sql`${ahead}${planned}
    select pg_advisory_xact_lock(hashtextextended('contact key:' || ${orgId}::text, slot))
    from (select distinct hashtextextended(key, 0) & 63 as slot from unnest(${keys}::text[]) as key order by slot) slots`.execute(
    tx,
  );
}

interface FoundKey {
  /** Null for an external id. */
  kind: Address['kind'] | null;
  key: string;
  contact_id: ContactId;
  /** Looked for only where a number was found: what an external id means needs no other word for it. */
  has_email: boolean;
}

/**
 * Whom the contact of a row of `named` was merged into. Looked up by its key: left to choose, the planner reads all
 * contacts, as it takes every one for merged.
 */
export const winnerOf = (orgId: OrgId) => sql`
  select contacts.id, contacts.merged_into from contacts
  where contacts.org_id = ${orgId} and contacts.id = named.merged_into limit 1`;

/** Who has the address of a row of `given (kind, address)`; by its key, as above. */
export const holderOf = (orgId: OrgId) => sql`
  select identities.kind, identities.address, identities.contact_id from identities
  where identities.org_id = ${orgId} and identities.kind = given.kind and identities.address = given.address limit 1`;

/** The keys go over as json: of an array the planner takes the length into account, and so plans at each call. */
async function lookUp(tx: Tx, orgId: OrgId, { externalIds, addresses }: ContactKeys): Promise<FoundKey[]> {
  const { rows } = await sql<FoundKey>`${planned}
    with recursive named as (
      select asked.key, known.id, known.merged_into
      from jsonb_array_elements_text(${JSON.stringify(externalIds)}::jsonb) as asked (key)
      cross join lateral (
        select id, merged_into from contacts where org_id = ${orgId} and external_id = asked.key limit 1
      ) known
      union all
      select named.key, winner.id, winner.merged_into from named
      cross join lateral (${winnerOf(orgId)}) winner
      where named.merged_into is not null
    )
    select null as kind, key, id as contact_id, false as has_email from named where merged_into is null
    union all
    select identities.kind, identities.address, identities.contact_id,
      identities.kind = 'email' or (identities.kind in ('phone', 'sms', 'whatsapp') and exists (
        select from identities mails where mails.org_id = ${orgId} and mails.contact_id = identities.contact_id
          and mails.kind = 'email'))
    from jsonb_to_recordset(${JSON.stringify(addresses)}::jsonb) as given (kind text, address text)
    cross join lateral (${holderOf(orgId)}) identities`.execute(tx);
  return rows;
}

export interface LockedContact extends ContactState {
  mergedInto: ContactId | null;
}

/** Contacts as they are now, locked in the order of their ids. */
export async function lockContacts(
  tx: Tx,
  orgId: OrgId,
  ids: readonly ContactId[],
): Promise<Map<ContactId, LockedContact>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('contacts')
    .selectAll()
    .where('org_id', '=', orgId)
    .where(sql<boolean>`id = any (${ids}::uuid[])`)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  return new Map(
    rows.map((row) => {
      const { external_id, first_name, last_name, locale, time_zone, country, preferred_channel } = row;
      const state: LockedContact = {
        id: row.id as ContactId,
        fields: { external_id, first_name, last_name, locale, time_zone, country, preferred_channel },
        attributes: row.attributes as Record<string, unknown>,
        mergedInto: row.merged_into as ContactId | null,
      };
      return [state.id, state];
    }),
  );
}

/** The contact as it is shown; one that was merged or erased can no longer be changed. */
export async function assertAlive(tx: Tx, orgId: OrgId, id: ContactId): Promise<Contact> {
  const contact = await readContact(tx, orgId, id);
  if (!contact) throw notFound('contact');
  if (contact.merged_into)
    throw new DomainError(
      'invalid_state',
      `This contact was merged into ${contact.merged_into}. Change that one, or undo the merge.`,
    );
  if (contact.erased_at) throw new DomainError('invalid_state', 'This contact was erased.');
  return contact;
}
