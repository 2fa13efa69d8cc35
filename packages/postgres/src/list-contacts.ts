import type { Contact } from '@halyard/contracts/contacts/contact';
import type { ContactQuery } from '@halyard/contracts/contacts/routes';
import type { IdentityKind } from '@halyard/contracts/primitives';
import { normalizeAddress } from '@halyard/core/contacts/address';
import type { ContactFilter } from '@halyard/core/contacts/contacts';
import type { OrgId } from '@halyard/core/ids';
import type { Page } from '@halyard/core/page';
import type { SelectQueryBuilder } from 'kysely';
import { sql } from 'kysely';
import { selectContacts, toContact } from './contact-rows.js';
import { contactsNamed } from './contact-search.js';
import type { Tx } from './database.js';
import { positionIn, toPage } from './paging.js';
import type { DB } from './schema.gen.js';
import { byAge, byName } from './sorted-contacts.js';

/** A page of contacts, newest first unless asked otherwise. National phone numbers in the query are read in `country`. */
export function listContacts(
  tx: Tx,
  orgId: OrgId,
  query: ContactQuery,
  country: string | null,
): Promise<Page<Contact>> {
  const { search, order = 'newest' } = query;
  if (search !== undefined) return found(tx, orgId, { ...query, search }, country);
  const wanted = narrowed(selectContacts(tx, orgId), orgId, query, country);
  return order === 'name' || order === 'name_desc'
    ? byName(wanted, query, order === 'name')
    : byAge(wanted, query, order === 'oldest');
}

/**
 * By their ids, which grow with time: indexes of names tell nothing else of a contact. The ids are sorted first and looked
 * up until the page is full. Left to itself the planner takes a search for a rare or for a common one by guessing, and
 * reads all contacts for three of a million.
 */
async function found(
  tx: Tx,
  orgId: OrgId,
  query: ContactQuery & { search: string },
  country: string | null,
): Promise<Page<Contact>> {
  const [before] = positionIn(query.cursor, 1) ?? [null];
  const wanted = narrowed(
    tx.selectFrom('contacts').select('contacts.id').where('contacts.org_id', '=', orgId),
    orgId,
    query,
    country,
  );
  const { rows: ids } = await sql<{ id: string }>`
    select named.id
    from (
      select id from (${contactsNamed(orgId, query.search)}) any_order
      where ${before}::uuid is null or id < ${before}::uuid
      order by id desc offset 0
    ) named
    cross join lateral ${wanted.where(sql<boolean>`contacts.id = named.id`).offset(0)} wanted
    order by named.id desc limit ${query.limit + 1}`.execute(tx);
  if (ids.length === 0) return { items: [], next_cursor: null };
  const rows = await selectContacts(tx, orgId)
    .where(
      'contacts.id',
      'in',
      ids.map(({ id }) => id),
    )
    .orderBy('contacts.id', 'desc')
    .execute();
  return toPage(rows, query, toContact, (row) => [row.id]);
}

function narrowed<Row>(
  select: SelectQueryBuilder<DB, 'contacts', Row>,
  orgId: OrgId,
  filter: ContactFilter,
  country: string | null,
): SelectQueryBuilder<DB, 'contacts', Row> {
  let query = select.where('contacts.merged_into', 'is', null).where('contacts.erased_at', 'is', null);
  if (filter.external_id !== undefined) query = query.where('contacts.external_id', '=', filter.external_id);
  if (filter.email !== undefined) query = query.where(hasAddress(orgId, 'email', filter.email, country));
  if (filter.phone !== undefined) query = query.where(hasAddress(orgId, 'phone', filter.phone, country));
  if (filter.country !== undefined) query = query.where('contacts.country', '=', filter.country);
  if (filter.locale !== undefined) query = query.where('contacts.locale', '=', filter.locale);
  if (filter.preferred_channel !== undefined)
    query = query.where('contacts.preferred_channel', '=', filter.preferred_channel);
  if (filter.created_from !== undefined)
    query = query.where('contacts.created_at', '>=', new Date(filter.created_from));
  if (filter.created_to !== undefined)
    query = query.where('contacts.created_at', '<', new Date(filter.created_to));
  return query;
}

/** An address that cannot be one finds nobody. */
function hasAddress(orgId: OrgId, kind: IdentityKind, given: string, country: string | null) {
  const normalized = normalizeAddress(kind, given, country);
  const address = normalized.ok ? normalized.address : '';
  return sql<boolean>`contacts.id in (
    select contact_id from identities where org_id = ${orgId} and kind = ${kind} and address = ${address})`;
}
