import type { Contact } from '@halyard/contracts/contacts/contact';
import type { ContactQuery } from '@halyard/contracts/contacts/routes';
import type { Page } from '@halyard/core/page';
import type { SelectQueryBuilder } from 'kysely';
import { sql } from 'kysely';
import type { ContactRow } from './contact-rows.js';
import { toContact } from './contact-rows.js';
import { positionIn, toPage } from './paging.js';
import type { DB } from './schema.gen.js';

/** Contacts that a list is to hold, in no order yet. */
type Wanted = SelectQueryBuilder<DB, 'contacts', ContactRow>;

export async function byAge(
  wanted: Wanted,
  query: ContactQuery,
  oldestFirst: boolean,
): Promise<Page<Contact>> {
  const after = positionIn(query.cursor, 2);
  const [beyond, direction] = oldestFirst ? [sql`>`, 'asc' as const] : [sql`<`, 'desc' as const];
  let select = wanted;
  if (after)
    select = select.where(
      sql<boolean>`(contacts.created_at, contacts.id) ${beyond} (${after[0]}::timestamptz, ${after[1]}::uuid)`,
    );
  const rows = await select
    .select(sql<string>`contacts.created_at::text`.as('position'))
    .orderBy('contacts.created_at', direction)
    .orderBy('contacts.id', direction)
    .limit(query.limit + 1)
    .execute();
  return toPage(rows, query, toContact, (row) => [row.position, row.id]);
}

/**
 * By last name, letter by letter as the index of the search has them; who has none comes last, and first the other way
 * round. Named and unnamed are read one after the other: a condition for both would keep the index from being used.
 */
export async function byName(
  wanted: Wanted,
  query: ContactQuery,
  ascending: boolean,
): Promise<Page<Contact>> {
  const after = positionIn(query.cursor, 2);
  const [beyond, before] = ascending ? [sql`>`, sql`~<~`] : [sql`<`, sql`~>~`];
  const [from, direction] = ascending ? [sql`~>=~`, sql`asc`] : [sql`~<=~`, sql`desc`];
  const key = sql.ref('contacts.last_name_key');
  const id = sql.ref('contacts.id');
  const page = async (named: boolean, room: number) => {
    let select = wanted.where('contacts.last_name_key', named ? 'is not' : 'is', null);
    const begun = after && (after[0] !== null) === named;
    if (begun && named)
      select = select.where(
        sql<boolean>`${key} ${from} ${after[0]} and (${key} <> ${after[0]} or ${id} ${beyond} ${after[1]}::uuid)`,
      );
    if (begun && !named) select = select.where(sql<boolean>`${id} ${beyond} ${after[1]}::uuid`);
    return select.orderBy(sql`${key} using ${before}`).orderBy(sql`${id} ${direction}`).limit(room).execute();
  };
  const room = query.limit + 1;
  const phases = ascending ? [true, false] : [false, true];
  const rows: ContactRow[] = [];
  for (const named of phases) {
    const passed = after && named === phases[0] && (after[0] !== null) !== named;
    if (!passed && rows.length < room) rows.push(...(await page(named, room - rows.length)));
  }
  return toPage(rows, query, toContact, (row) => [row.last_name_key, row.id]);
}
