import type { Contact } from '@halyard/contracts/contacts/contact';
import type { Address, ContactFields } from '@halyard/core/contacts/contact-input';
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
 * Finds the contacts that keys mean and holds what was found until the transaction ends: a contact by its row, and a key
 * that means nobody by a lock of its own, so that two writers with the same new address wait for one another instead of
 * one failing on the unique index. Writers who only meet contacts that are there wait for nobody else.
 */
export async function findByKeys(tx: Tx, orgId: OrgId, keys: ContactKeys): Promise<KnownContacts> {
  const { found, states } = await holdFound(tx, orgId, keys);
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

/** Looks until nothing is found that is not held: while one waits for a lock, an address may have moved. */
async function holdFound(
  tx: Tx,
  orgId: OrgId,
  keys: ContactKeys,
): Promise<{ found: FoundKey[]; states: ReadonlyMap<ContactId, LockedContact> }> {
  const asked = [...keys.externalIds.map(externalIdKey), ...keys.addresses.map(addressKey)];
  const free = new Set<string>();
  const states = new Map<ContactId, LockedContact>();
  let found: FoundKey[] = [];
  if (keys.addresses.length === 0) {
    const named = await lockNamed(tx, orgId, [...new Set(keys.externalIds)]);
    if (named) return named;
  }
  while (asked.length) {
    found = await lookUp(tx, orgId, keys);
    const taken = new Set(found.map(nameOf));
    const untaken = asked.filter((key) => !taken.has(key) && !free.has(key));
    for (const key of untaken) free.add(key);
    if (untaken.length) {
      await lockKeys(tx, orgId, untaken);
      continue; // somebody may have taken them meanwhile; contacts are locked after keys
    }
    const ids = [...new Set(found.map((row) => row.contact_id))].filter((id) => !states.has(id));
    if (ids.length === 0) break;
    for (const [id, state] of await lockContacts(tx, orgId, ids)) states.set(id, state);
    if (found.every((row) => isProven(row, states))) break;
  }
  return { found, states };
}

/**
 * The usual case by one statement: each external id is a contact's own. Null when one is not, and then nothing was locked,
 * as contacts are locked after keys; or when one was merged away or renamed while we waited for it.
 */
async function lockNamed(
  tx: Tx,
  orgId: OrgId,
  externalIds: readonly string[],
): Promise<{ found: FoundKey[]; states: ReadonlyMap<ContactId, LockedContact> } | null> {
  if (externalIds.length === 0) return null;
  const { rows } = await sql<LockedRow>`${planned}
    with named as materialized (
      select known.id from jsonb_array_elements_text(${JSON.stringify(externalIds)}::jsonb) as asked (key)
      cross join lateral (
        select id from contacts where org_id = ${orgId} and external_id = asked.key and merged_into is null limit 1
      ) known
    )
    select ${lockedColumns} from contacts
    where org_id = ${orgId} and id = any (array(select id from named))
      and (select count(*) from named) = ${externalIds.length}
    order by id for no key update`.execute(tx);
  const states = new Map(rows.map((row) => [row.id, toLocked(row)]));
  const found = [...states.values()].flatMap(({ id, fields, mergedInto }): FoundKey[] =>
    fields.external_id === null || mergedInto
      ? []
      : [{ kind: null, key: fields.external_id, contact_id: id, has_email: false }],
  );
  const own = new Set(found.map(({ key }) => key));
  return externalIds.every((id) => own.has(id)) ? { found, states } : null;
}

const externalIdKey = (id: string) => `external_id:${id}`;

const nameOf = ({ kind, key }: FoundKey): string =>
  kind === null ? externalIdKey(key) : addressKey({ kind, address: key });

/** The locked row itself says that the key is its own; an address stands in another table. */
function isProven({ kind, key, contact_id }: FoundKey, states: ReadonlyMap<ContactId, LockedContact>) {
  const state = states.get(contact_id);
  return kind === null && state?.fields.external_id === key && !state.mergedInto;
}

/**
 * A key that means nobody has no row to lock. Keys share 64 locks per organization, so that a batch of any size takes
 * few, and takes them in order.
 */
async function lockKeys(tx: Tx, orgId: OrgId, keys: readonly string[]): Promise<void> {
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
  const { rows } = await sql<LockedRow>`
    select ${lockedColumns} from contacts where org_id = ${orgId} and id = any (${ids}::uuid[])
    order by id for no key update`.execute(tx);
  return new Map(rows.map((row) => [row.id, toLocked(row)]));
}

const lockedColumns = sql.raw(
  'id, external_id, first_name, last_name, locale, time_zone, country, preferred_channel, attributes, merged_into',
);

interface LockedRow extends ContactFields {
  id: ContactId;
  attributes: Record<string, unknown>;
  merged_into: ContactId | null;
}

const toLocked = ({ id, attributes, merged_into, ...fields }: LockedRow): LockedContact => ({
  id,
  fields,
  attributes,
  mergedInto: merged_into,
});

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
