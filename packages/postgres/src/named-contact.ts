import type { NamedContact } from '@halyard/contracts/contacts/reference';
import { sql } from 'kysely';

/** Whom each selected row of the table is about. Two look-ups by key a row, and only for rows of the page. */
export const contactOf = (table: 'messages' | 'bookings' | 'enrollments' | 'runs' | 'recipients') =>
  sql<NamedContact | null>`(
  select jsonb_build_object('id', c.id, 'name', nullif(concat_ws(' ', c.first_name, c.last_name), ''), 'address',
    (select i.address from identities i where i.org_id = c.org_id and i.contact_id = c.id
     order by i.created_at, i.id limit 1))
  from contacts c
  where c.org_id = ${sql.ref(`${table}.org_id`)} and c.id = ${sql.ref(`${table}.contact_id`)}
    and c.erased_at is null)`.as('contact');
