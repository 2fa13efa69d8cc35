import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contactsNamed } from './contact-search.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());

test('a search reads from its indexes only what begins so, for requests too, which row-level security binds', async () => {
  const school = await db.organization();
  await db.owner.query(
    `with made as (
       insert into contacts (org_id, id, first_name, last_name)
       select $1, gen_random_uuid(), 'Sailor ' || n, 'Of boat ' || n from generate_series(1, 2000) n returning id
     )
     insert into identities (org_id, id, contact_id, kind, address)
     select $1, gen_random_uuid(), id, 'email', id || '@example.org' from made`,
    [school],
  );
  await db.owner.query('analyze contacts, identities'); // of empty tables it would take any index
  const { rows } = await db.app.forOrg(school, (tx) =>
    sql<{ 'QUERY PLAN': string }>`explain (costs off) ${contactsNamed(school, 'vos')}`.execute(tx),
  );
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  for (const column of ['last_name_key', 'full_name_key', 'address'])
    expect(plan).toMatch(new RegExp(`Index Cond: .*${column} ~>=~ .*${column} ~<~ `));
});
