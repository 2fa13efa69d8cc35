import type { OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';

/** Behind every text that begins with the prefix: no character comes after it. */
const last = '\u{10ffff}';

/**
 * Ids of contacts of whom a name or an address begins so. Each branch is read from an index of its own alone. The bounds are
 * compared by operators and not by `like`, which is not leakproof: row-level security would keep it from the indexes.
 */
export function contactsNamed(orgId: OrgId, search: string) {
  const prefix = search.toLowerCase();
  const begins = (column: string) =>
    sql`${sql.ref(column)} ~>=~ ${prefix} and ${sql.ref(column)} ~<~ ${prefix + last}`;
  return sql<{ id: string }>`
    select id from contacts
    where org_id = ${orgId} and merged_into is null and erased_at is null and ${begins('last_name_key')}
    union
    select id from contacts
    where org_id = ${orgId} and merged_into is null and erased_at is null and ${begins('full_name_key')}
    union
    select contact_id from identities where org_id = ${orgId} and ${begins('address')}`;
}
