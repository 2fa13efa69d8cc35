import type { IdentityKind } from '@halyard/contracts/primitives';
import { normalizeAddress } from '@halyard/core/contacts/address';
import type { ContactFilter } from '@halyard/core/contacts/contacts';
import type { OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { selectContacts } from './contact-rows.js';

type Select = ReturnType<typeof selectContacts>;

/** Narrows a selection of contacts. National phone numbers in the filter are read in `country`. */
export function filterContacts(
  select: Select,
  orgId: OrgId,
  filter: ContactFilter,
  country: string | null,
): Select {
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
  if (filter.search !== undefined) query = query.where(beginsWith(orgId, filter.search));
  return query;
}

/** An address that cannot be one finds nobody. */
function hasAddress(orgId: OrgId, kind: IdentityKind, given: string, country: string | null) {
  const normalized = normalizeAddress(kind, given, country);
  const address = normalized.ok ? normalized.address : '';
  return sql<boolean>`contacts.id in (
    select contact_id from identities where org_id = ${orgId} and kind = ${kind} and address = ${address})`;
}

/** Each branch has an index of its own. */
function beginsWith(orgId: OrgId, search: string) {
  const prefix = `${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`contacts.id in (
    select id from contacts where org_id = ${orgId} and merged_into is null and erased_at is null
      and lower(last_name) like ${prefix}
    union
    select id from contacts where org_id = ${orgId} and merged_into is null and erased_at is null
      and lower(first_name || ' ' || coalesce(last_name, '')) like ${prefix}
    union
    select contact_id from identities where org_id = ${orgId} and address like ${prefix})`;
}
