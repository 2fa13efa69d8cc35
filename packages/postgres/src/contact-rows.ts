import type { Contact, Identity } from '@halyard/contracts/contacts/contact';
import type { ContactId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import type { Tx } from './database.js';
import { planned } from './plan-once.js';

/** Contacts with their identities, as the API shows them. */
export const selectContacts = (tx: Tx, orgId: OrgId) =>
  tx
    .selectFrom('contacts')
    .selectAll('contacts')
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('identities')
          .select(['id', 'kind', 'address', 'verified_at', 'created_at'])
          .whereRef('identities.org_id', '=', 'contacts.org_id')
          .whereRef('identities.contact_id', '=', 'contacts.id')
          .orderBy('created_at')
          .orderBy('id'),
      ).as('identities'),
    )
    .where('contacts.org_id', '=', orgId);

export type ContactRow = Awaited<ReturnType<ReturnType<typeof selectContacts>['executeTakeFirstOrThrow']>>;

export const toContact = (row: ContactRow): Contact => ({
  id: row.id,
  external_id: row.external_id,
  first_name: row.first_name,
  last_name: row.last_name,
  locale: row.locale,
  time_zone: row.time_zone,
  country: row.country,
  preferred_channel: row.preferred_channel as Contact['preferred_channel'],
  attributes: row.attributes as Contact['attributes'],
  identities: row.identities.map((identity) => ({
    id: identity.id,
    kind: identity.kind as Identity['kind'],
    address: identity.address,
    // Inside JSON, PostgreSQL writes instants in its own way.
    verified_at: identity.verified_at && new Date(identity.verified_at).toISOString(),
    created_at: new Date(identity.created_at).toISOString(),
  })),
  merged_into: row.merged_into,
  erased_at: row.erased_at?.toISOString() ?? null,
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
});

/** Contacts as they are now, by their id: what every change of a contact is answered with, so it is planned once. */
export async function readContacts(
  tx: Tx,
  orgId: OrgId,
  ids: readonly ContactId[],
): Promise<Map<ContactId, Contact>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<ContactRow>`${planned}
    select contacts.* from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) as asked (id)
    cross join lateral (
      select id, external_id, first_name, last_name, locale, time_zone, country, preferred_channel, attributes,
        merged_into, erased_at, created_at, updated_at,
        coalesce((
          select json_agg(json_build_object('id', identities.id, 'kind', kind, 'address', address,
            'verified_at', verified_at, 'created_at', identities.created_at) order by identities.created_at, identities.id)
          from identities where identities.org_id = contacts.org_id and identities.contact_id = contacts.id
        ), '[]') as identities
      from contacts where org_id = ${orgId} and contacts.id = asked.id::uuid limit 1
    ) contacts`.execute(tx);
  return new Map(rows.map((row) => [row.id as ContactId, toContact(row)]));
}

export async function readContact(tx: Tx, orgId: OrgId, id: ContactId): Promise<Contact | null> {
  return (await readContacts(tx, orgId, [id])).get(id) ?? null;
}
